/**
 * {@code ./chaos}: breaks what the services stand on while a client that remembers every acknowledgement keeps sending, and
 * compares the client's ledger with the database afterwards.
 */
@NullMarked
package com.vibnai.chaos;

import org.jspecify.annotations.NullMarked;
