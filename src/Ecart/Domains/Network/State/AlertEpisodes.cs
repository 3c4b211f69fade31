using System.Runtime.CompilerServices;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>
/// What people were alerted of about one source, by <see cref="ThreatClass"/>. What has no class, and what the detectors of beacons and slow scans space out
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

    /// <summary>Whether people were alerted of the like so lately, and no less severe, that this is no news. Changes nothing.</summary>
    public bool IsToldBefore(string? threat, long ticks, Severity severity, AlertRepetitionOptions options)
    {
        int place = Array.IndexOf(Classes, threat);
        return place >= 0 && IsToldBefore(in threats[place], ticks, severity, options);
    }

    /// <summary>Takes in a flagged event that no exception silenced.</summary>
    public void Add(string? threat, long ticks, Severity severity, AlertRepetitionOptions options)
    {
        int place = Array.IndexOf(Classes, threat);
        if (place < 0) return;
        ref Threat known = ref threats[place];
        bool isTold = !IsToldBefore(in known, ticks, severity, options);
        if (known.Episode.HasEnded(ticks, options.AfterTicks)) known = default;
        known.Episode.See(ticks);
        if (!isTold) return;
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
        }
    }

    public void Read(ref StateReader reader)
    {
        int count = reader.Count(Classes.Length);
        for (int i = 0; i < count; i++) threats[i] = new Threat { Episode = Episode.Read(ref reader), Worst = (Severity)reader.Int() };
    }

    private static bool IsToldBefore(in Threat known, long ticks, Severity severity, AlertRepetitionOptions options) =>
        !known.Episode.HasEnded(ticks, options.AfterTicks) && severity <= known.Worst && !known.Episode.IsDue(ticks, options.AfterTicks, options.AtMostTicks);

    private struct Threat
    {
        public Episode Episode;
        public Severity Worst;
    }

    [InlineArray(8)]
    private struct Threats
    {
        private Threat first;
    }
}
