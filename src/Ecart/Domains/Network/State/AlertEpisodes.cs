using System.Runtime.CompilerServices;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>
/// What people were alerted of about one source, by <see cref="ThreatClass"/>, and against which victims where a threat has one. What has no class, and what the detectors of beacons and slow scans space out
/// already, is never a repetition. Not thread-safe: its source's.
/// </summary>
internal sealed class AlertEpisodes
{
    /// <summary>Their places are stored: new ones go to the end. Beacons are told once a destination by their own detector.</summary>
    private static readonly string[] Classes =
    [
        ThreatClass.Scan, ThreatClass.Exfiltration, ThreatClass.DenialOfService, ThreatClass.BruteForce, ThreatClass.Lateral, ThreatClass.Dns, ThreatClass.Malware,
        ThreatClass.UnknownAnomaly,
    ];

    private Threats threats;

    /// <summary>Whether people were alerted of the like so lately, no less severe and against the same victim, that this is no news. Changes nothing.</summary>
    public bool IsToldBefore(string? threat, NetworkFlow flow, Severity severity, AlertRepetitionOptions options)
    {
        int place = Array.IndexOf(Classes, threat);
        return place >= 0 && IsToldBefore(in threats[place], flow.OccurredAt.Ticks, VictimOf(threat, flow), severity, options);
    }

    /// <summary>Takes in a flagged event that no exception silenced.</summary>
    public void Add(string? threat, NetworkFlow flow, Severity severity, AlertRepetitionOptions options)
    {
        int place = Array.IndexOf(Classes, threat);
        if (place < 0) return;
        long ticks = flow.OccurredAt.Ticks;
        uint victim = VictimOf(threat, flow);
        ref Threat known = ref threats[place];
        bool isTold = !IsToldBefore(in known, ticks, victim, severity, options);
        if (known.Episode.HasEnded(ticks, options.AfterTicks)) known = default;
        known.Episode.See(ticks);
        if (!isTold) return;
        if (known.IsNewVictim(victim)) known.Victims[known.VictimCount++] = victim;
        known.Episode.Tell(ticks);
        if (severity > known.Worst) known.Worst = severity;
    }

    public void Write(StateWriter writer)
    {
        writer.Int(Classes.Length);
        for (int i = 0; i < Classes.Length; i++)
        {
            threats[i].Episode.Write(writer);
            writer.Int((int)threats[i].Worst);
            writer.Int(threats[i].VictimCount);
            for (int victim = 0; victim < threats[i].VictimCount; victim++) writer.Int((int)threats[i].Victims[victim]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="withVictims">Whether they say who the victims were.</param>
    public void Read(ref StateReader reader, bool withVictims)
    {
        int count = reader.Count(Classes.Length);
        for (int i = 0; i < count; i++)
        {
            ref Threat known = ref threats[i];
            known = new Threat { Episode = Episode.Read(ref reader), Worst = (Severity)reader.Int() };
            known.VictimCount = withVictims ? reader.Count(Threat.MostVictims) : 0;
            for (int victim = 0; victim < known.VictimCount; victim++) known.Victims[victim] = (uint)reader.Int();
        }
    }

    private static bool IsToldBefore(in Threat known, long ticks, uint victim, Severity severity, AlertRepetitionOptions options) =>
        !known.Episode.HasEnded(ticks, options.AfterTicks) && severity <= known.Worst && !known.IsNewVictim(victim)
        && !known.Episode.IsDue(ticks, options.AfterTicks, options.AtMostTicks);

    /// <summary>A hash of the one host that a threat is against; 0 where many hosts are what makes it one.</summary>
    private static uint VictimOf(string? threat, NetworkFlow flow) =>
        threat is ThreatClass.BruteForce or ThreatClass.DenialOfService or ThreatClass.Exfiltration ? (uint)flow.DestinationHash | 1 : 0;

    private struct Threat
    {
        /// <summary>Who attacks more hosts than this goes on attacking; each of them is no news any more.</summary>
        public const int MostVictims = 4;

        public Episode Episode;
        public Severity Worst;
        public Victims Victims;
        public int VictimCount;

        public readonly bool IsNewVictim(uint victim) => victim != 0 && VictimCount < MostVictims && !((ReadOnlySpan<uint>)Victims)[..VictimCount].Contains(victim);
    }

    [InlineArray(Threat.MostVictims)]
    private struct Victims
    {
        private uint first;
    }

    [InlineArray(8)]
    private struct Threats
    {
        private Threat first;
    }
}
