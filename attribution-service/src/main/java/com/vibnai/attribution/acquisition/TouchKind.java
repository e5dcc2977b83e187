package com.vibnai.attribution.acquisition;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that reports tell touches apart by.
 *
 * @param values one for each {@link Dimension}, in their order
 */
record TouchKind(List<@Nullable String> values) {

    private static final List<Dimension> PLACES = List.of(Dimension.values());

    @Nullable
    String get(Dimension dimension) {
        return values.get(PLACES.indexOf(dimension));
    }

    /** SHA-256 over the values, by which a stored kind is found. */
    byte[] fingerprint() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String value : values) {
            byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
            all.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(value == null ? -1 : bytes.length)
                    .array());
            all.writeBytes(bytes);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
