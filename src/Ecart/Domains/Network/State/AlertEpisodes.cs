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
    private const int MostDoublings = 16;

    /// <summary>Their places are stored: new ones go to the end. Beacons are told once a destination by their own detector.</summary>
    private static readonly string[] Classes =
    [
        ThreatClass.Scan, ThreatClass.Exfiltration, ThreatClass.DenialOfService, ThreatClass.BruteForce, ThreatClass.Lateral, ThreatClass.Dns, ThreatClass.Malware,
        ThreatClass.UnknownAnomaly,
    ];

    private Episodes episodes;

    /// <summary>Whether people were alerted of the like so lately, and no less severe, that this is no news. Changes nothing.</summary>
    public bool IsToldBefore(string? threat, long ticks, Severity severity, AlertRepetitionOptions options)
    {
        int place = Array.IndexOf(Classes, threat);
        return place >= 0 && IsToldBefore(in episodes[place], ticks, severity, options);
    }

    /// <summary>Takes in a flagged event that no exception silenced.</summary>
    public void Add(string? threat, long ticks, Severity severity, AlertRepetitionOptions options)
    {
        int place = Array.IndexOf(Classes, threat);
        if (place < 0) return;
        ref Episode episode = ref episodes[place];
        bool isTold = !IsToldBefore(in episode, ticks, severity, options);
        if (IsNew(in episode, ticks, options)) episode = default;
        episode.SeenTicks = Math.Max(episode.SeenTicks, ticks);
        if (!isTold) return;
        episode.Told++;
        episode.ToldTicks = Math.Max(episode.ToldTicks, ticks);
        if (severity > episode.Worst) episode.Worst = severity;
    }

    public void Write(StateWriter writer)
    {
        writer.Int(Classes.Length);
        for (int i = 0; i < Classes.Length; i++)
        {
            writer.Long(episodes[i].SeenTicks);
            writer.Long(episodes[i].ToldTicks);
            writer.Int(episodes[i].Told);
            writer.Int((int)episodes[i].Worst);
        }
    }

    public void Read(ref StateReader reader)
    {
        int count = reader.Count(Classes.Length);
        for (int i = 0; i < count; i++)
        {
            episodes[i] = new Episode
            {
                SeenTicks = reader.Long(),
                ToldTicks = reader.Long(),
                Told = reader.Int(),
                Worst = (Severity)reader.Int(),
            };
        }
    }

    private static bool IsToldBefore(in Episode episode, long ticks, Severity severity, AlertRepetitionOptions options) =>
        !IsNew(in episode, ticks, options) && severity <= episode.Worst && ticks - episode.ToldTicks < Wait(episode.Told, options);

    private static bool IsNew(in Episode episode, long ticks, AlertRepetitionOptions options) =>
        episode.Told == 0 || ticks - episode.SeenTicks > options.AfterTicks;

    private static double Wait(int told, AlertRepetitionOptions options) =>
        Math.Min(options.AtMostTicks, options.AfterTicks * Math.Pow(2, Math.Min(told - 1, MostDoublings)));

    private struct Episode
    {
        public long SeenTicks;
        public long ToldTicks;
        public int Told;
        public Severity Worst;
    }

    [InlineArray(8)]
    private struct Episodes
    {
        private Episode first;
    }
}
