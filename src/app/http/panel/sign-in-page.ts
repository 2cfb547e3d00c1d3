import { escapeHtml } from "./html.js";

/** The sign-in page: plain HTML, no script needed. */
export function renderSignInPage(page: {
  readonly rootPath: string;
  readonly styleUrl: string;
  readonly next: string;
  readonly email: string;
  readonly problem: string | undefined;
}): string {
  const problem =
    page.problem === undefined
      ? ""
      : `<p class="v-alert v-alert--danger" role="alert" id="problem"><span class="v-alert__mark" aria-hidden="true">!</span>${escapeHtml(page.problem)}</p>`;
  const described = page.problem === undefined ? "" : ' aria-describedby="problem" aria-invalid="true"';
  const focus = (wanted: boolean) => (wanted ? " autofocus" : "");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Sign in · Vitrine</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escapeHtml(page.styleUrl)}">
</head>
<body class="v-signin">
<main class="v-signin__card">
<div class="v-signin__brand"><span class="v-brand__mark" aria-hidden="true"></span><span class="v-brand__name">Vitrine</span></div>
<h1>Sign in to the panel</h1>
<p class="v-signin__lead">For staff. Customers sign in on their community's portal.</p>
${problem}
<form method="post" action="${escapeHtml(page.rootPath)}/login" class="v-signin__form">
<input type="hidden" name="next" value="${escapeHtml(page.next)}">
<div class="v-field">
<label for="email">E-mail</label>
<input class="v-input" id="email" name="email" type="email" autocomplete="username" required maxlength="254" spellcheck="false" autocapitalize="none" value="${escapeHtml(page.email)}"${described}${focus(page.email === "")}>
</div>
<div class="v-field">
<label for="password">Password</label>
<input class="v-input" id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"${described}${focus(page.email !== "")}>
</div>
<button class="v-button v-button--primary v-button--wide" type="submit">Sign in</button>
</form>
</main>
</body>
</html>`;
}
