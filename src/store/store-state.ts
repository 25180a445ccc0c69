import type { StoreError } from "../domain/errors.js";
import type { RoomLevel } from "./space.js";
import { createTroubles } from "./troubles.js";

/** What the running process knows of its database beside what is in it. */
export type StoreState = ReturnType<typeof storeState>;

/** Everything well: ample room, nobody in the way. */
export function storeState() {
  let room: RoomLevel = "ample";
  let busy = false;
  let refusal: StoreError | null = null;
  return {
    troubles: createTroubles(),
    /** What the room on the disk allows. */
    room: (): RoomLevel => room,
    setRoom: (level: RoomLevel): void => {
      room = level;
    },
    /** True while another process keeps this one from writing. */
    busy: (): boolean => busy,
    setBusy: (now: boolean): void => {
      busy = now;
    },
    /** Why nothing may be written any more; null: it may. */
    refused: (): StoreError | null => refusal,
    /** From now on nothing is written: it would make things worse. */
    refuse: (reason: StoreError): void => {
      refusal = reason;
    },
  };
}
