export interface Detector {
  readonly name: string;
  /** A cheap word that must be in the text before the expression is tried. */
  readonly keyword: string;
  /** Group 1, when there is one, is the secret. */
  readonly pattern: RegExp;
}

/** Keys whose form alone gives them away. Public-by-design keys (Stripe pk_, Firebase, Maps, Sentry DSN) are not among them. */
export const detectors: readonly Detector[] = [
  { name: "AWS access key", keyword: "A", pattern: /\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\b/g },
  {
    name: "private key",
    keyword: "PRIVATE KEY",
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:(?:\\n|\\r|\s)*[A-Za-z0-9+/=\\ :,-]{16,})?/g,
  },
  { name: "GitHub token", keyword: "gh", pattern: /\b(gh[pousr]_[A-Za-z0-9]{36,255})\b/g },
  { name: "GitHub token", keyword: "github_pat_", pattern: /\b(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g },
  { name: "GitLab token", keyword: "gl", pattern: /\b(gl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent|oas)-[A-Za-z0-9_-]{20,64})\b/g },
  { name: "Slack token", keyword: "xox", pattern: /\b(xox[abeoprs]-(?:\d+-)*[A-Za-z0-9-]{10,146})\b/g },
  { name: "Slack app token", keyword: "xapp-", pattern: /\b(xapp-\d-[A-Z0-9]+-\d+-[a-z0-9]+)\b/g },
  {
    name: "Slack webhook",
    keyword: "hooks.slack.com",
    pattern: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{43,56})/g,
  },
  { name: "Discord webhook", keyword: "discord", pattern: /(discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,})/g },
  { name: "Telegram bot token", keyword: ":AA", pattern: /\b(\d{8,10}:AA[A-Za-z0-9_-]{32,34})\b/g },
  { name: "Stripe secret key", keyword: "k_", pattern: /\b((?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,99})\b/g },
  { name: "Stripe webhook secret", keyword: "whsec_", pattern: /\b(whsec_[A-Za-z0-9+/=]{24,})/g },
  {
    name: "OpenAI key",
    keyword: "T3BlbkFJ",
    pattern: /\b(sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,120}T3BlbkFJ[A-Za-z0-9_-]{20,120})/g,
  },
  { name: "OpenAI key", keyword: "sk-", pattern: /\b(sk-(?:proj-)?[A-Za-z0-9]{40,64})\b/g },
  { name: "Anthropic key", keyword: "sk-ant-", pattern: /\b(sk-ant-(?:api|admin)\d{2}-[A-Za-z0-9_-]{80,120})/g },
  { name: "Hugging Face token", keyword: "hf_", pattern: /\b((?:hf|api_org)_[A-Za-z]{34})\b/g },
  { name: "SendGrid key", keyword: "SG.", pattern: /\b(SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50})\b/g },
  { name: "Mailgun key", keyword: "key-", pattern: /\b(key-[a-f0-9]{32})\b/g },
  { name: "Mailchimp key", keyword: "-us", pattern: /\b([a-f0-9]{32}-us\d{1,2})\b/g },
  { name: "Twilio key", keyword: "SK", pattern: /\b(SK[a-f0-9]{32})\b/g },
  { name: "Google service key", keyword: "GOCSPX-", pattern: /\b(GOCSPX-[A-Za-z0-9_-]{28})\b/g },
  { name: "Google OAuth token", keyword: "ya29.", pattern: /\b(ya29\.[A-Za-z0-9_-]{30,})/g },
  { name: "npm token", keyword: "npm_", pattern: /\b(npm_[A-Za-z0-9]{36})\b/g },
  { name: "PyPI token", keyword: "pypi-AgE", pattern: /\b(pypi-AgE[A-Za-z0-9_-]{50,})/g },
  { name: "Docker token", keyword: "dckr_", pattern: /\b(dckr_(?:pat|oat)_[A-Za-z0-9_-]{24,})\b/g },
  { name: "DigitalOcean token", keyword: "_v1_", pattern: /\b(do[opr]_v1_[a-f0-9]{64})\b/g },
  { name: "Shopify token", keyword: "shp", pattern: /\b(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})\b/g },
  { name: "Square token", keyword: "sq0", pattern: /\b(sq0(?:atp|csp)-[A-Za-z0-9_-]{22,60})\b/g },
  { name: "Square token", keyword: "EAAA", pattern: /\b(EAAA[A-Za-z0-9_-]{60})\b/g },
  { name: "Facebook token", keyword: "EAA", pattern: /\b(EAA[CM][A-Za-z0-9]{100,250})\b/g },
  { name: "Linear key", keyword: "lin_api_", pattern: /\b(lin_api_[A-Za-z0-9]{40})\b/g },
  { name: "Notion token", keyword: "ntn_", pattern: /\b(ntn_[A-Za-z0-9]{40,50})\b/g },
  { name: "Airtable token", keyword: "pat", pattern: /\b(pat[A-Za-z0-9]{14}\.[a-f0-9]{64})\b/g },
  { name: "Databricks token", keyword: "dapi", pattern: /\b(dapi[a-f0-9]{32}(?:-\d)?)\b/g },
  { name: "Vault token", keyword: "hvs.", pattern: /\b(hv[sb]\.[A-Za-z0-9_-]{80,})/g },
  { name: "Doppler token", keyword: "dp.", pattern: /\b(dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]+\.)?[A-Za-z0-9]{40,44})\b/g },
  { name: "PlanetScale key", keyword: "pscale_", pattern: /\b(pscale_(?:tkn|pw|oauth)_[A-Za-z0-9=._-]{32,64})/g },
  { name: "Supabase key", keyword: "sbp_", pattern: /\b(sbp_[a-f0-9]{40})\b/g },
  { name: "New Relic key", keyword: "NRA", pattern: /\b(NRAK-[A-Z0-9]{27})\b/g },
  { name: "Grafana token", keyword: "gl", pattern: /\b(gl(?:sa_[A-Za-z0-9]{32}_[a-f0-9]{8}|c_[A-Za-z0-9+/]{32,400}={0,2}))/g },
  { name: "Postman key", keyword: "PMAK-", pattern: /\b(PMAK-[a-f0-9]{24}-[a-f0-9]{34})\b/g },
  { name: "Atlassian token", keyword: "ATATT3", pattern: /\b(ATATT3[A-Za-z0-9_\-=]{180,})/g },
  { name: "Sentry token", keyword: "sntr", pattern: /\b(sntry[su]_[A-Za-z0-9+/=_-]{60,})/g },
  { name: "Heroku key", keyword: "HRKU-", pattern: /\b(HRKU-AA[A-Za-z0-9_-]{58})\b/g },
  { name: "Age key", keyword: "AGE-SECRET-KEY", pattern: /\b(AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})\b/g },
  { name: "Azure storage key", keyword: "AccountKey=", pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g },
  { name: "Azure secret", keyword: "Q~", pattern: /\b([A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34})/g },
  { name: "JSON Web Token", keyword: "eyJ", pattern: /\b(eyJ[A-Za-z0-9_-]{14,}\.eyJ[A-Za-z0-9_-]{14,}\.[A-Za-z0-9_-]{16,})/g },
  {
    name: "password in an address",
    keyword: "://",
    pattern:
      /\b(?:https?|ftp|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|rediss|amqps?|smtps?|ssh):\/\/[^\s:@/"'`<>${}]{1,80}:([^\s@/"'`<>${}]{3,120})@[a-z0-9.-]+/gi,
  },
  { name: "authorization header", keyword: "asic ", pattern: /\b[Bb]asic ([A-Za-z0-9+/]{16,}={0,2})(?=["'`\s])/g },
  { name: "bearer token", keyword: "earer ", pattern: /\b[Bb]earer ([A-Za-z0-9_\-.=+/]{24,})(?=["'`\s])/g },
];
