/** Whether a display is dimmed at this hour of the day, 0 to 23: nobody is there, and a bright wall is a waste. */
export function isNight(hour: number): boolean {
  return hour >= 23 || hour < 7;
}
