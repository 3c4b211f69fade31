using Ecart.Profiles;

namespace Ecart.Domains.Network;

/// <summary>Makes the published form of an address's state, and learns what kind of machine it is.</summary>
internal static class NetworkPublication
{
    private const int Typical = 10;
    private const int LeastEvents = 30;
    private const int LeastDeviceEvents = 100;
    private const int FewDestinations = 8;
    private const int ManyDestinations = 20;
    private const int FewPorts = 4;
    private const double MostlyShare = 0.5;

    /// <summary>The profile as seen from a day; null when nothing normal is in the window.</summary>
    public static PublishedNetworkProfile? Publish(AddressState source, RoleCounts? role, RoleCounts? otherRole, int asOfDay)
    {
        var centroid = new float[NetworkLayout.Dimension];
        ProfileSummary summary = source.Profile.Summarize(asOfDay, centroid);
        if (summary.Count == 0) return null;
        double hours = Math.Max(1, (source.NewestTicks - source.FirstTicks) / (double)TimeSpan.TicksPerHour);
        return new PublishedNetworkProfile(
            source.Id,
            TypeOf(source, role, otherRole),
            centroid,
            summary.Count,
            source.Events / hours,
            [.. Enumerable.Range(0, source.Ports.Count).OrderByDescending(source.Ports.CountAt).Take(Typical).Select(i => (int)(source.Ports.ItemAt(i) & 0xFFFF))],
            [.. Enumerable.Range(0, source.TypicalDestinations.Count)
                .OrderByDescending(source.TypicalDestinations.CountAt).ThenBy(source.TypicalDestinations.ValueAt, StringComparer.Ordinal)
                .Take(Typical).Select(source.TypicalDestinations.ValueAt)],
            summary.Measures[AddressState.MeasureBytes].Mean,
            summary.DistanceMean,
            summary.DistanceDeviation,
            summary.Distance.Count,
            source.Lane,
            source.Seq);
    }

    /// <summary>What the address is by what it asks and what is asked of it.</summary>
    public static AddressType TypeOf(AddressState? source, RoleCounts? role, RoleCounts? otherRole)
    {
        long answered = (role?.Answered ?? 0) + (otherRole?.Answered ?? 0);
        long top = (role?.AnsweredOnTopPort ?? 0) + (otherRole?.AnsweredOnTopPort ?? 0);
        long asked = source?.Events ?? 0;
        if (answered + asked < LeastEvents) return AddressType.Unknown;
        if (answered > asked && top >= MostlyShare * answered) return AddressType.Server;
        if (source is null || answered > asked) return AddressType.Unknown;
        int destinations = source.Destinations.Count;
        if (destinations >= ManyDestinations) return AddressType.Workstation;
        bool isDevice = asked >= LeastDeviceEvents && destinations <= FewDestinations && source.Ports.Count <= FewPorts && HasPortOfItsOwn(source);
        return isDevice ? AddressType.IotDevice : AddressType.Unknown;
    }

    /// <summary>Whether it asks for more than the web, names and what every host needs: those alone a browser asks for as well.</summary>
    private static bool HasPortOfItsOwn(AddressState source) => Enumerable.Range(0, source.Ports.Count)
        .Any(i => PortKinds.Of((int)(source.Ports.ItemAt(i) & 0xFFFF)) is not (PortKind.Web or PortKind.Names or PortKind.Infrastructure));
}
