import { KnownError } from "../domain/errors.js";
import { byType, settingsByType } from "../text/setting-types.js";
import type { Channel, ChannelPorts, ChannelType } from "./channel-type.js";
import * as all from "./channels/all.js";
import { type Pacing, pacingOf, readByPrograms } from "./pacing.js";

/** Every kind of channel, by its `type`. */
export const channelTypes: ReadonlyMap<string, ChannelType> = byType(all);

/** The settings of one channel: one of all types, with the common ones. */
export const channelSettings = settingsByType(Object.values(all).map(({ settings }) => settings));

/** What every channel's settings have; the type's own are beside them. */
export interface ChannelSettings {
  readonly [setting: string]: unknown;
  readonly id: string;
  readonly type: string;
  readonly fallback?: string | undefined;
}

/** The channel of a configuration that names none. */
export const embeddedConsole: ChannelSettings = { id: "console", type: "console", hint: true };

/** True where no message leaves the terminal that Evenkeel runs in. */
export function stayInTerminal(channels: readonly { readonly type: string }[]): boolean {
  return channels.every(({ type }) => type === embeddedConsole.type);
}

/** The channel that settings describe. */
export function prepareChannel(settings: ChannelSettings, ports: ChannelPorts): Channel {
  const channelType = channelTypes.get(settings.type);
  if (channelType === undefined) {
    const known = [...channelTypes.keys()].join(", ");
    throw new KnownError(
      "unknown-channel",
      `channel "${settings.id}": no type "${settings.type}", known: ${known}`,
    );
  }
  return channelType.prepare(settings, ports);
}

/** How fast the channel that settings describe may be used. */
export function channelPacing(settings: ChannelSettings): Pacing {
  return pacingOf(settings, channelTypes.get(settings.type)?.pacing ?? readByPrograms);
}
