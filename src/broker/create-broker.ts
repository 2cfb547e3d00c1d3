import type { BrokerRecords, Capability, PageComposer, RateLimit, RateLimiter } from "../contracts/index.js";
import type { CallOrigin, ExecuteCall, ExecutedCall, ImageCall, PrepareCall, PreparedCall } from "./broker-call.js";
import { createConfirmations } from "./confirmation/create-confirmations.js";
import { type CallServices, executeCall, executeImageCall, prepareCall } from "./handle-call.js";
import type { ImageIntake } from "./images/create-image-intake.js";
import { createReceiveImage, type ImageBody } from "./images/receive-image.js";
import { type BrokerLogger, type CallTrace, logCall } from "./log-call.js";
import { createRunCapability } from "./run-capability.js";

export interface BrokerOptions {
  /** Each id once; the plugin host has checked. */
  readonly capabilities: readonly Capability[];
  readonly records: BrokerRecords;
  readonly composer: Pick<PageComposer, "isShown">;
  readonly limiter: RateLimiter;
  readonly images: ImageIntake;
  /** 32 secret bytes, for this purpose only. */
  readonly confirmationKey: Buffer;
  readonly mediaUrl: (key: string) => string;
  readonly logger: BrokerLogger;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

export interface CatalogueEntry {
  readonly method: string;
  readonly scope: Capability["scope"];
  readonly confirms: boolean;
  readonly takesImage: boolean;
  readonly rateLimit: RateLimit;
}

/** MEDIATE: a capability call to a reply. Every method throws VitrineError. */
export interface Broker {
  prepare(call: PrepareCall): Promise<PreparedCall>;
  execute(call: ExecuteCall): Promise<ExecutedCall>;
  executeImage(call: ImageCall, body: ImageBody): Promise<ExecutedCall>;
  catalogue(): readonly CatalogueEntry[];
}

/** Puts the steps together; see `handle-call.ts` for their order. */
export function createBroker(options: BrokerOptions): Broker {
  const { capabilities, records, composer, limiter, images, logger, clock = Date.now } = options;
  if (options.confirmationKey.length < 32) throw new Error("The broker's confirmation key needs at least 32 bytes");
  const services: CallServices = {
    capabilities: new Map(capabilities.map((capability) => [capability.id, capability])),
    records,
    composer,
    limiter,
    confirmations: createConfirmations({ key: options.confirmationKey, records, clock }),
    runCapability: createRunCapability({ records, mediaUrl: options.mediaUrl }),
    receiveImage: createReceiveImage({ limiter, images }),
  };

  async function logged<Answer>(
    phase: CallTrace["phase"],
    call: CallOrigin,
    handle: (trace: CallTrace) => Promise<Answer>,
  ): Promise<Answer> {
    const trace: CallTrace = { origin: call, phase, startedAt: clock() };
    try {
      const answer = await handle(trace);
      logCall(logger, trace, clock());
      return answer;
    } catch (error) {
      logCall(logger, trace, clock(), error ?? new Error("A capability threw nothing"));
      throw error;
    }
  }

  return {
    prepare: (call) => logged("prepare", call, (trace) => prepareCall(services, call, trace)),
    execute: (call) => logged("execute", call, (trace) => executeCall(services, call, trace)),
    executeImage: (call, body) => logged("image", call, (trace) => executeImageCall(services, call, body, trace)),
    catalogue: () =>
      capabilities.map(({ id, scope, confirms, takesImage, rateLimit }) => ({
        method: id,
        scope,
        confirms,
        takesImage: takesImage === true,
        rateLimit,
      })),
  };
}
