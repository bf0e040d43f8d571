/** For pages that open without a connection, which are everybody's. */

import { makePlain } from "./discreet.js";

makePlain(window);
