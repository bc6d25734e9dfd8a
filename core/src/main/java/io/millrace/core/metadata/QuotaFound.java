package io.millrace.core.metadata;

/**
 * The quota that holds for a client.
 *
 * @param entity under which it was set. Where that names a user, or is the default of users, each user has the limit for
 *     itself, and likewise for client ids; all else shares it
 * @param limit in the unit of its kind
 */
public record QuotaFound(QuotaEntity entity, double limit) {}
