using System.Diagnostics.CodeAnalysis;

namespace Ecart.Events.Decoding;

/// <summary>Time zones by IANA id, looked up once each. Not thread-safe.</summary>
internal sealed class TimeZoneTable
{
    private const int MaximumEntries = 4096;
    private const string WellKnownId = "Europe/Paris";

    private readonly Dictionary<string, TimeZoneInfo?> _zones = new(StringComparer.Ordinal);
    private bool? _hasZones;

    /// <summary>False when the machine knows no time zone besides UTC.</summary>
    public bool HasZones => _hasZones ??= TimeZoneInfo.TryFindSystemTimeZoneById(WellKnownId, out _);

    /// <summary>Finds a zone by its IANA id, for example <c>Europe/Paris</c>.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        if (_zones.TryGetValue(id, out zone))
            return zone is not null;

        if (_zones.Count >= MaximumEntries)
            _zones.Clear();
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone))
            zone = null;
        _zones.Add(id, zone);
        return zone is not null;
    }
}
