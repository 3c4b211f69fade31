using Ecart.Events.Decoding;

namespace Ecart.Domains.Iot.Decoding;

/// <summary>The fields that the iot domain reads, by index.</summary>
internal static class IotField
{
    public const int Domain = 0;
    public const int Uid = 1;
    public const int Device = 2;
    public const int Signal = 3;
    public const int Type = 4;
    public const int Value = 5;
    public const int Unit = 6;
    public const int OccurredAt = 7;
    public const int Location = 8;
    public const int Label = 9;
    public const int LabelKnownAt = 10;
    public const int LabelKind = 11;

    /// <summary>Names and usual synonyms in order of the indexes.</summary>
    public static readonly FieldSchema Schema = new(
        IotMeasurement.DomainName,
        new FieldDefinition("domain", false),
        new FieldDefinition("uid", false, "event_uid", "event_id", "measurement_id", "id"),
        new FieldDefinition("device", true, "device_id", "device_name", "sensor", "machine", "asset"),
        new FieldDefinition("signal", false, "signal_name", "channel", "tag", "metric"),
        new FieldDefinition("measurement_type", false, "type", "quantity", "kind"),
        new FieldDefinition("value", true, "reading", "measurement"),
        new FieldDefinition("unit", false, "uom"),
        new FieldDefinition("occurred_at", true, "timestamp", "datetime", "event_time", "time", "ts"),
        new FieldDefinition("location", false, "site", "place"),
        new FieldDefinition("label", false, "is_anomaly", "is_fault"),
        new FieldDefinition("label_known_at", false),
        new FieldDefinition("label_kind", false));
}
