// The same without sharing: every picture is painted from nothing.
import { make } from './variorum.mjs';

export const { init, setAssets, render, png, clear, memory } = make({ share: false });
