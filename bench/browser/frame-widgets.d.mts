/** JavaScript that frames run. */
export declare const draw: string;
export declare const widgetCalls: string;
export declare const bareCalls: string;
export declare const bareReady: string;
