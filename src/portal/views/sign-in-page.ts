import { type Html, html } from "../html.js";
import { initial, plainText } from "../plain-text.js";
import { choiceField, type SignInForm } from "../sign-in.js";
import { icons } from "./icons.js";

const autocomplete = { email: "username", password: "current-password", text: "on" } as const;

function fieldset(form: SignInForm, index: number): Html {
  return html`${form.fields.map((field) => {
    const id = `${form.methodId}-${index}-${field.name}`;
    return html`<div class="field"><label for="${id}">${field.label}</label><input id="${id}" name="${field.name}" type="${field.type}" required maxlength="1024" autocomplete="${autocomplete[field.type]}" autocapitalize="none" spellcheck="false"></div>`;
  })}${form.fields.length > 0 ? html`<button class="button primary wide" type="submit">Sign in</button>` : null}${
    form.choices.length > 0
      ? html`<ul class="choices">${form.choices.map(
          (choice) =>
            html`<li><button class="choice" type="submit" name="${choiceField}" value="${choice.value}"><span class="avatar" aria-hidden="true">${initial(choice.label)}</span><span class="choice-text"><strong dir="auto">${plainText(choice.label, 80)}</strong><span class="muted" dir="auto">${plainText(choice.hint, 120)}</span></span>${icons.forward}</button></li>`,
        )}</ul>`
      : null
  }`;
}

/** Every enabled way to sign in. `message` is generic on purpose: it never says what was wrong. */
export function signInPage(options: { forms: readonly SignInForm[]; next: string; message: string | null; signedOut: boolean }): Html {
  return html`<div class="sign-in">
<div class="page-head centred"><h1>Sign in</h1><p class="muted">See and manage your subscriptions.</p></div>
${options.signedOut && options.message === null ? html`<p class="notice" role="status">You are signed out.</p>` : null}
${options.message === null ? null : html`<p class="notice" data-tone="danger" role="alert">${options.message}</p>`}
${
  options.forms.length === 0
    ? html`<div class="card"><p>No way to sign in is switched on. Ask whoever runs this portal.</p></div>`
    : options.forms.map(
        (form, index) => html`<section class="card" aria-labelledby="method-${index}">
<h2 class="caption" id="method-${index}">${form.label}</h2>
<form method="post" action="/portal/sign-in">
<input type="hidden" name="method" value="${form.methodId}"><input type="hidden" name="next" value="${options.next}"><input type="hidden" name="timeZone" value="" data-time-zone>
${fieldset(form, index)}
</form></section>`,
      )
}
</div>`;
}
