using System.Runtime.CompilerServices;
using Ecart.Profiles;

namespace Ecart.Domains.Iot;

/// <summary>
/// What goes on at a signal or a device, by <see cref="IotFinding"/>: a person is told at the beginning and then ever less often. Not thread-safe: its owner's.
/// </summary>
internal sealed class EpisodeSet
{
    private const int Findings = 8;

    /// <summary>The time until the next telling is doubled at most so often.</summary>
    private const int MostDoublings = 16;
    private Episodes episodes;

    /// <summary>Whether a finding at a time is to be told: the first of an episode, or long after the last that was.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="ticks">When.</param>
    /// <param name="usualInterval">Ticks between measurements: those that come seldom do not end an episode by that.</param>
    /// <param name="options">How often.</param>
    public bool IsToTell(IotFinding finding, long ticks, double usualInterval, RepetitionOptions options)
    {
        ref readonly Episode episode = ref episodes[(int)finding];
        return IsNew(in episode, ticks, usualInterval, options) || ticks - episode.ToldTicks >= Wait(episode.Told, options);
    }

    /// <summary>Takes a finding in.</summary>
    public void Add(IotFinding finding, long ticks, double usualInterval, RepetitionOptions options)
    {
        ref Episode episode = ref episodes[(int)finding];
        bool isTold = IsToTell(finding, ticks, usualInterval, options);
        if (IsNew(in episode, ticks, usualInterval, options)) episode.Told = 0;
        episode.SeenTicks = Math.Max(episode.SeenTicks, ticks);
        if (!isTold) return;
        episode.Told++;
        episode.ToldTicks = Math.Max(episode.ToldTicks, ticks);
    }

    public void Write(StateWriter writer)
    {
        for (int i = 0; i < Findings; i++)
        {
            writer.Long(episodes[i].SeenTicks);
            writer.Long(episodes[i].ToldTicks);
            writer.Int(episodes[i].Told);
        }
    }

    public void Read(ref StateReader reader)
    {
        for (int i = 0; i < Findings; i++) episodes[i] = new Episode { SeenTicks = reader.Long(), ToldTicks = reader.Long(), Told = reader.Int() };
    }

    private static bool IsNew(in Episode episode, long ticks, double usualInterval, RepetitionOptions options) =>
        episode.Told == 0 || ticks - episode.SeenTicks > Math.Max(options.AfterTicks, options.QuietIntervals * usualInterval);

    private static double Wait(int told, RepetitionOptions options) =>
        Math.Min(options.AtMostTicks, options.AfterTicks * Math.Pow(2, Math.Min(told - 1, MostDoublings)));

    private struct Episode
    {
        public long SeenTicks;
        public long ToldTicks;
        public int Told;
    }

    [InlineArray(Findings)]
    private struct Episodes
    {
        private Episode first;
    }
}
