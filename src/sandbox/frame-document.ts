/**
 * The document of a frame: the host origins that the server vouches for, the widget's root, and the one script. Every value
 * in it comes from `validOrigins` or is made here, so there is nothing to escape.
 */
export function frameDocument(frame: { readonly scriptUrl: string; readonly hostOrigins: readonly string[] }): Buffer {
  return Buffer.from(
    `<!doctype html>
<html lang="en" translate="no">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="vitrine-hosts" content="${frame.hostOrigins.join(" ")}">
<title>Widget</title>
<style>${style}</style>
</head>
<body spellcheck="false" autocomplete="off">
<div id="gro-widget-root" spellcheck="false" translate="no" autocomplete="off"></div>
<script src="${frame.scriptUrl}" crossorigin></script>
</body>
</html>
`,
  );
}

const style = `
html{background:transparent;-webkit-text-size-adjust:100%}
body{margin:0;display:flow-root;font:16px/1.5 var(--gro-font-family,system-ui),system-ui,sans-serif;color:CanvasText;accent-color:var(--gro-primary-color,auto)}
#gro-widget-root{display:flow-root}
`.trim();
