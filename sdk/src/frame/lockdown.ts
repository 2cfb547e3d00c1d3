/**
 * Removes what could reach the network beside the policy, before the widget's first byte runs. The response headers are the
 * boundary; this is the layer for engines without Connection-Allowlist. Because the lockdown is the head of the only script
 * that the policy admits, a nested realm that loads that script again is locked too.
 */
const families =
  /^(?:webkit|moz)?(?:RTC|WebTransport|WebSocketStream|Presentation|Payment|PushManager|PushSubscription|BackgroundFetch|Notification|SharedStorage|FencedFrame|IdentityCredential|IdentityProvider|TCP|UDP|Direct(?:Socket|TCP|UDP))/;
const single = [
  "SharedWorker",
  "fetchLater",
  "FetchLaterResult",
  "sharedStorage",
  "Fence",
  "HTMLFencedFrameElement",
  "HTMLPortalElement",
  "PortalHost",
  "openDatabase",
  "showOpenFilePicker",
  "showSaveFilePicker",
  "showDirectoryPicker",
  "launchQueue",
  "queryLocalFonts",
  "getScreenDetails",
  "documentPictureInPicture",
];
const navigatorMembers = [
  "serviceWorker",
  "presentation",
  "credentials",
  "registerProtocolHandler",
  "unregisterProtocolHandler",
  "share",
  "runAdAuction",
  "joinAdInterestGroup",
  "leaveAdInterestGroup",
  "updateAdInterestGroups",
  "createAuctionNonce",
  "canLoadAdAuctionFencedFrame",
  "deprecatedURNToURL",
  "getInstalledRelatedApps",
  "requestMediaKeySystemAccess",
];

export function lockDown(): void {
  for (const name of [...Object.getOwnPropertyNames(window), ...single]) {
    if (families.test(name) || single.includes(name)) removeForGood(window, name);
  }
  for (const name of navigatorMembers) {
    if (!(name in navigator)) continue;
    removeForGood(Navigator.prototype, name);
    removeForGood(navigator, name);
  }
  refuseNavigations();
}

function removeForGood(target: object, name: string): void {
  // A property that an engine made non-configurable stays: the policy is what holds then.
  Reflect.defineProperty(target, name, { value: undefined, writable: false, enumerable: false, configurable: false });
}

/**
 * Where the Navigation API exists, a frame's own navigations can be refused before the browser resolves a host name. This
 * listener is the first one, so the bundle can neither remove it nor stop its event.
 */
function refuseNavigations(): void {
  const { navigation } = window as unknown as { navigation?: EventTarget };
  navigation?.addEventListener("navigate", (event) => {
    const { destination } = event as unknown as { destination: { sameDocument: boolean } };
    if (!destination.sameDocument && event.cancelable) event.preventDefault();
  });
}
