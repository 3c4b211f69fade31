using Ecart.Detection.Streaming.Entities;

namespace Ecart.Domains.Network;

/// <summary>What a source's streaming detectors can look at.</summary>
internal static class NetworkStreamFields
{
    private const double HoursOfDay = 24;

    public static StreamFields<NetworkContext> All { get; } = new(
        NetworkLayout.Names,
        static (in NetworkContext c) => c.Layout,
        [
            ("log_bytes_out", static (in NetworkContext c) => Math.Log(1.0 + c.Event.BytesOut)),
            ("log_bytes_in", static (in NetworkContext c) => Math.Log(1.0 + c.Event.BytesIn)),
            ("log_packets_out", static (in NetworkContext c) => Math.Log(1.0 + c.Event.PacketsOut)),
            ("log_packets_in", static (in NetworkContext c) => Math.Log(1.0 + c.Event.PacketsIn)),
            ("log_duration", static (in NetworkContext c) => Math.Log(1 + c.Event.DurationSeconds)),
            ("log_seconds_since_previous", static (in NetworkContext c) => Math.Log(1 + c.SecondsSincePrevious)),
            ("hour_sin", static (in NetworkContext c) => Math.Sin(2 * Math.PI * c.Event.OccurredAt.TimeOfDay.TotalHours / HoursOfDay)),
            ("hour_cos", static (in NetworkContext c) => Math.Cos(2 * Math.PI * c.Event.OccurredAt.TimeOfDay.TotalHours / HoursOfDay)),
            ("is_failed", static (in NetworkContext c) => c.Event.IsFailed ? 1 : 0),
            ("is_new_destination", static (in NetworkContext c) => c.IsNewDestination ? 1 : 0),
            ("is_new_port", static (in NetworkContext c) => c.IsNewPort ? 1 : 0),
            ("log_contacts", static (in NetworkContext c) => Math.Log(1.0 + c.Contacts)),
            ("failed_share", static (in NetworkContext c) => c.FailedShare),
            ("regularity", static (in NetworkContext c) => c.Regularity),
            ("name_randomness", static (in NetworkContext c) => c.NameRandomness),
        ])
    {
        OfSeries = "log_bytes_out",
        OfVectors = ["log_bytes_out", "log_bytes_in", "log_duration", "log_seconds_since_previous"],
    };
}
