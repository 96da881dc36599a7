export { isUsableAddress } from './address.ts';
export { createMailer, type Mailer, type MailerOptions } from './mailer.ts';
export type { Message, Outcome, Recipient } from './message.ts';
