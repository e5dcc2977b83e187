package com.vibnai.umami.platform.problem;

/**
 * What is wrong with one field.
 *
 * @param field name as in the body or query, nested with dots
 * @param message what it has to be
 */
public record FieldError(String field, String message) {}
