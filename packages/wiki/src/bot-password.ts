/**
 * Whether MediaWiki would let this bot password in. It makes others without complaint, and refuses each login with them
 * (BotPassword::canonicalizeLoginData, 1.39): its own are of the digits and `a` to `v`.
 */
export function isUsableBotPassword(password: string): boolean {
  return /^[0-9a-w]{32,}$/.test(password);
}
