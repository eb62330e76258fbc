/** What a scan sounds and feels like: one short high tone, or two low ones that nobody takes for it. */
export class ScanFeedback {
  #audio: AudioContext | null = null;

  give(
    outcome: "good" | "bad",
    { hasSound, hasVibration }: { readonly hasSound: boolean; readonly hasVibration: boolean },
  ) {
    if (hasSound) this.#sound(outcome);
    if (hasVibration) vibrate(outcome === "good" ? [40] : [120, 60, 120]);
  }

  #sound(outcome: "good" | "bad"): void {
    // Browsers let a page sound once somebody has used it; a scanner's keys count as that.
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    // Refused before the page was ever used: then there is no sound, and the screen says the same.
    if (audio.state === "suspended") void audio.resume().catch(() => undefined);
    if (outcome === "good") tone(audio, 1_320, 0, 0.07);
    else {
      tone(audio, 220, 0, 0.14);
      tone(audio, 196, 0.2, 0.2);
    }
  }

  close(): void {
    // What is closed already is as closed as it should be.
    void this.#audio?.close().catch(() => undefined);
    this.#audio = null;
  }
}

/** Rises and falls over a few milliseconds, since a hard edge clicks. */
function tone(audio: AudioContext, frequencyHz: number, startS: number, lengthS: number): void {
  const oscillator = new OscillatorNode(audio, { type: "triangle", frequency: frequencyHz });
  const gain = new GainNode(audio, { gain: 0 });
  const at = audio.currentTime + startS;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.005);
  gain.gain.setValueAtTime(0.25, at + lengthS - 0.015);
  gain.gain.linearRampToValueAtTime(0, at + lengthS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + lengthS);
}

/** Safari has no vibration at all, and others refuse it until the page was touched; neither is worth a word. */
function vibrate(pattern: readonly number[]): void {
  if ("vibrate" in navigator && navigator.userActivation?.hasBeenActive) navigator.vibrate([...pattern]);
}
