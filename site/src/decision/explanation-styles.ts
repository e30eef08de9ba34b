import { unsafeCSS } from 'lit';
import styles from './explanation.css?inline';

export default unsafeCSS(styles);
