using Ecart.Detection.Sequences;
using Ecart.Profiles;

namespace Ecart.Domains.UserBehavior;

/// <summary>What the users of one role, or everybody, do: whole-number counts, so that the order in which they came does not matter. Not thread-safe.</summary>
internal sealed class RolePopulation(UserBehaviorOptions options)
{
    /// <summary>Normal events.</summary>
    public int Events { get; set; }

    /// <summary>Values of normal events by kind; see <see cref="UserHabit"/>.</summary>
    public CountTable Habits { get; } = new(options.Novelty.PeerHabits);

    public SequenceCounts Sequence { get; } = new(options.Sequence.PopulationActions);

    public void Add(RolePopulation other)
    {
        Events += other.Events;
        Habits.Add(other.Habits);
        Sequence.Add(other.Sequence);
    }
}
