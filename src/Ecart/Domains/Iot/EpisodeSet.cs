using System.Runtime.CompilerServices;
using Ecart.Profiles;

namespace Ecart.Domains.Iot;

/// <summary>
/// What goes on at a signal or a device, by <see cref="IotFinding"/>: a person is told at the beginning and then ever less often. Not thread-safe: its owner's.
/// </summary>
internal sealed class EpisodeSet
{
    private const int Findings = 8;

    private Episodes episodes;

    /// <summary>Whether a finding at a time is to be told: the first of an episode, or long after the last that was.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="ticks">When.</param>
    /// <param name="usualInterval">Ticks between measurements: those that come seldom do not end an episode by that.</param>
    /// <param name="options">How often.</param>
    public bool IsToTell(IotFinding finding, long ticks, double usualInterval, RepetitionOptions options)
    {
        ref readonly Episode episode = ref episodes[(int)finding];
        return IsNew(in episode, ticks, usualInterval, options) || episode.IsDue(ticks, options.AfterTicks, options.AtMostTicks);
    }

    /// <summary>Takes a finding in.</summary>
    public void Add(IotFinding finding, long ticks, double usualInterval, RepetitionOptions options)
    {
        ref Episode episode = ref episodes[(int)finding];
        bool isTold = IsToTell(finding, ticks, usualInterval, options);
        if (IsNew(in episode, ticks, usualInterval, options)) episode = default;
        episode.See(ticks);
        if (isTold) episode.Tell(ticks);
    }

    public void Write(StateWriter writer)
    {
        for (int i = 0; i < Findings; i++) episodes[i].Write(writer);
    }

    public void Read(ref StateReader reader)
    {
        for (int i = 0; i < Findings; i++) episodes[i] = Episode.Read(ref reader);
    }

    private static bool IsNew(in Episode episode, long ticks, double usualInterval, RepetitionOptions options) =>
        episode.HasEnded(ticks, Math.Max(options.AfterTicks, options.QuietIntervals * usualInterval));

    [InlineArray(Findings)]
    private struct Episodes
    {
        private Episode first;
    }
}
