/** Thrown where keys are missing or cannot be read; the message is for people and holds no key. */
export class UnfitKeys extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UnfitKeys";
  }
}
