/**
 * Opens sockets to allowed addresses only. undici's own `connect.lookup` is not called for
 * IP literals, so the literal is judged here and a name in the lookup, where *every* address it
 * resolves to must pass; the socket then goes to one of exactly those addresses (no second lookup
 * that could answer differently).
 */
import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { buildConnector } from "undici";
import { SourceError } from "../domain/errors.js";
import type { AddressGuard } from "./address-guard.js";

/** All addresses of a name; the system's resolver, or a test's. */
export type Resolve = (
  name: string,
  callback: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** The system's resolver. */
export const systemResolve: Resolve = (name, callback) =>
  systemLookup(name, { all: true, verbatim: true }, (error, addresses) => callback(error, addresses ?? []));

/** A connector for undici's Agent that reaches only what the guard allows; `build` is undici's own. */
export function guardedConnector(
  build: typeof buildConnector,
  guard: AddressGuard,
  resolve: Resolve,
): buildConnector.connector {
  const connect = build({ lookup: guardedLookup(guard, resolve), timeout: 10_000 });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, "");
    const port = Number(options.port || (options.protocol === "https:" ? 443 : 80));
    const reason = refuseLiteral(guard, host) ?? refusePort(guard, host, port);
    if (reason === null) connect(options, callback);
    else callback(blocked(reason), null);
  };
}

function refuseLiteral(guard: AddressGuard, host: string): string | null {
  return isIP(host) === 0 ? null : guard.refuse(host);
}

// Ports below 1024 other than 80 and 443 belong to mail, shells and directories, not to HTTP.
function refusePort(guard: AddressGuard, host: string, port: number): string | null {
  if (port === 80 || port === 443 || port >= 1024 || guard.named(host)) return null;
  return `port ${port} is not an HTTP port`;
}

function guardedLookup(guard: AddressGuard, resolve: Resolve): LookupFunction {
  return (name, options, callback) => {
    resolve(name, (error, addresses) => {
      const [first] = addresses;
      if (error !== null || first === undefined) {
        const failure: NodeJS.ErrnoException = error ?? new Error(`${name} has no address`);
        failure.code ??= "ENOTFOUND";
        callback(failure, []);
        return;
      }
      const reason = addresses.map(({ address }) => guard.refuse(address)).find((found) => found !== null);
      if (reason !== undefined) callback(blocked(`${name} leads to ${reason}`), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function blocked(reason: string): SourceError {
  return new SourceError("http-blocked", `blocked: ${reason}`);
}
