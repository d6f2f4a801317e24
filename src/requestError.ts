/** Something that was asked for can't be had; the message is one line for people. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}
