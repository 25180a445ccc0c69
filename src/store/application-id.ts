/** `EVKL`: marks a file as ours (sqlite.org/pragma.html#pragma_application_id). */
export const applicationId = 0x45564b4c;
