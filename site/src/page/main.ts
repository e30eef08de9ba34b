import './page.css';
import '../element/define.js';
