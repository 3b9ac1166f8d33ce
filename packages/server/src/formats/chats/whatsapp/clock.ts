// The words around a time of day: which half of it they say, in the languages whose phones write twelve hours.

const AM =
  'am a m vorm vm fm op de dop ap ipd öö ö.ö πμ ص ق ظ قظ 오전 上午 午前 凌晨 早上 清晨 पूर्वाह्न सुबह পূর্বাহ্ণ முற்பகல் ఉదయం ಪೂರ್ವಾಹ್ನ ഉ ก่อนเที่ยง sa pg дп пр.об eap до.пладне לפנהצ ጥዋት صباحًا صباحا قبل.دوپہر pd';
const PM =
  'pm p m nachm nm em odp du ip öos ös μμ م ب ظ بظ 오후 下午 午後 中午 晚上 अपराह्न शाम दोपहर रात অপরাহ্ণ பிற்பகல் సాయంత్రం ಅಪರಾಹ್ನ หลังเที่ยง ch ptg пп сл.об أمسية מערבית אחהצ ከሰዓት مساءً مساء بعد.دوپہر md';

/** Letters alone, in small ones: `p. m.`, `P.M.` and `pm` are the same. */
const plain = (marker: string): string => marker.toLowerCase().replace(/[^\p{L}\p{M}]/gu, '');
const setOf = (words: string): ReadonlySet<string> =>
  new Set(
    words
      .split(' ')
      .filter((word) => word.length > 1 || /[^apm]/.test(word))
      .map(plain),
  );
const MORNING = setOf(AM.replace(' ق ظ', ''));
const AFTERNOON = setOf(PM.replace(' ب ظ', ''));

export type HalfDay = 'am' | 'pm' | 'none' | 'unknown';
const known = new Map<string, HalfDay>();

/** Which half of the day a marker says; `none` where it says none (`Uhr`, `h`). */
export const halfDayOf = (marker: string | undefined): HalfDay => {
  if (marker === undefined) return 'none';
  const found = known.get(marker);
  if (found !== undefined) return found;
  const word = plain(marker);
  const half: HalfDay = MORNING.has(word)
    ? 'am'
    : AFTERNOON.has(word)
      ? 'pm'
      : /^(?:|uhr|h|u|ч|น|год|kl|klo|г)$/.test(word)
        ? 'none'
        : 'unknown';
  if (known.size < 1_000) known.set(marker, half);
  return half;
};

/** The hour from 0 to 23; -1 where no clock shows it. `中午` is noon whatever stands beside it. */
export const hourOf = (hour: number, half: HalfDay): number => {
  if (half === 'none') return hour <= 23 ? hour : hour === 24 ? 0 : -1;
  if (half === 'unknown') return -1;
  if (hour > 12) return hour <= 23 ? hour : -1;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
};
