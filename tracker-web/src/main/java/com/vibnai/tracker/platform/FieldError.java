package com.vibnai.tracker.platform;

/**
 * What is wrong with one field.
 *
 * @param field name as in the body, nested with dots
 * @param message what it has to be
 */
public record FieldError(String field, String message) {}
