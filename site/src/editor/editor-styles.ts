import { unsafeCSS } from 'lit';
import styles from './editor.css?inline';

export default unsafeCSS(styles);
