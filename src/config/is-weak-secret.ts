/**
 * true for secrets that a person typed or copied from an example: too short, few distinct characters, a repeated pattern, or
 * a well-known placeholder. 32 characters of base64 pass.
 */
export function isWeakSecret(secret: string): boolean {
  if (secret.length < 32) return true;
  if (new Set(secret).size < 10) return true;
  if (/^(.{1,8})\1+.{0,7}$/.test(secret)) return true;
  return /change.?me|replace.?me|your.?secret|password|example|placeholder|0123456789|abcdefghij|qwertyuiop/i.test(secret);
}
