import { unsafeCSS } from 'lit';
import base from './base.css?inline';

/** Rules that every shadow root adopts. */
export default unsafeCSS(base);
