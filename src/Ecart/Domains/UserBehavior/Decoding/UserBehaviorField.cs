using Ecart.Events.Decoding;

namespace Ecart.Domains.UserBehavior.Decoding;

/// <summary>The fields that the user_behavior domain reads, by index.</summary>
internal static class UserBehaviorField
{
    public const int Domain = 0;
    public const int Uid = 1;
    public const int User = 2;
    public const int Type = 3;
    public const int OccurredAt = 4;
    public const int Resource = 5;
    public const int Outcome = 6;
    public const int Ip = 7;
    public const int UserAgent = 8;
    public const int Device = 9;
    public const int Country = 10;
    public const int City = 11;
    public const int Latitude = 12;
    public const int Longitude = 13;
    public const int Session = 14;
    public const int Role = 15;
    public const int TimeZone = 16;
    public const int Embedding = 17;
    public const int EmbeddingVersion = 18;
    public const int Label = 19;
    public const int LabelKnownAt = 20;
    public const int LabelKind = 21;

    /// <summary>Names and usual synonyms in order of the indexes.</summary>
    public static readonly FieldSchema Schema = new(
        UserBehaviorEvent.DomainName,
        new FieldDefinition("domain", false),
        new FieldDefinition("uid", false, "event_uid", "event_id", "id"),
        new FieldDefinition("user", true, "user_id", "user_name", "account", "login_name"),
        new FieldDefinition("event_type", true, "type", "action", "activity"),
        new FieldDefinition("occurred_at", true, "timestamp", "datetime", "event_time", "time", "ts"),
        new FieldDefinition("resource", false, "target", "object", "command", "path", "host"),
        new FieldDefinition("outcome", false, "result", "status", "success"),
        new FieldDefinition("source_ip", false, "ip", "ip_address", "src_ip", "client_ip", "remote_addr"),
        new FieldDefinition("user_agent", false, "agent", "client"),
        new FieldDefinition("device", false, "device_id"),
        new FieldDefinition("country", false, "country_code"),
        new FieldDefinition("city", false),
        new FieldDefinition("latitude", false, "lat"),
        new FieldDefinition("longitude", false, "lon", "lng"),
        new FieldDefinition("session", false, "session_id"),
        new FieldDefinition("role", false, "user_role", "group", "department"),
        new FieldDefinition("time_zone", false, "user_time_zone"),
        new FieldDefinition("embedding", false, "vector") { IsList = true },
        new FieldDefinition("embedding_version", false),
        new FieldDefinition("label", false, "is_anomaly", "is_malicious", "is_fraud"),
        new FieldDefinition("label_known_at", false),
        new FieldDefinition("label_kind", false));
}
