/**
 * What a reason says about the other side: whether nobody answers there, which is the same for everyone who asks, or whether
 * it refuses what this one asked. In: the reason as it is stored. Out: yes or no. The sentences are those of
 * platform/http-failure.ts, of sample/http-answer.ts and of the mail library.
 */
const noAnswer =
  /: cannot be reached|no connection in time|no full answer within|the connection or the answer broke|\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EDNS)\b|connection timeout/i;
const outOfOrder = /answered (408|429|5\d\d)\b/;

/** Nobody answers: the other side is gone, or this one has no network. */
export function isUnanswered(reason: string | null): boolean {
  return reason !== null && noAnswer.test(reason);
}

/** The source is down for everyone, not only for the key or the question of one automation. */
export function isDown(reason: string | null): boolean {
  return isUnanswered(reason) || (reason !== null && outOfOrder.test(reason));
}
