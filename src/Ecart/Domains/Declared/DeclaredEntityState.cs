using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules.Windows;

namespace Ecart.Domains.Declared;

/// <summary>Everything remembered of one entity of a declared domain. A fold over its committed events. Not thread-safe.</summary>
internal sealed class DeclaredEntityState : ResidentEntity
{
    public DeclaredEntityState(string id, DeclaredPlan plan, StreamSlots slots, bool isUnitLength)
        : base(id)
    {
        DomainDeclaration options = plan.Declaration;
        Profile = new ProfileWindow(DeclaredLayout.Dimension, plan.Measures.Length, options.Profile, isUnitLength);
        Recent = new EventTimeWindow(TimeSpan.FromMinutes((24 * 60) + options.AllowedLatenessMinutes), options.Memory.Events);
        Values = new CountTable(options.Memory.Values);
        NewValues = new int[plan.NoveltyFields.Length];
        Streams = new EntityStreamSet(slots);
    }

    public int Lane { get; set; }

    /// <summary>The newest log entry that this state includes.</summary>
    public long Seq { get; set; }

    public ProfileWindow Profile { get; }

    /// <summary>All events of the 24 hours before the latest that may still come.</summary>
    public EventTimeWindow Recent { get; }

    /// <summary>Values of normal events in the fields of novelty.</summary>
    public CountTable Values { get; }

    /// <summary>Normal events that <see cref="Values"/> counts.</summary>
    public int ValueEvents { get; set; }

    /// <summary>For each field of novelty, how many of them brought a new value.</summary>
    public int[] NewValues { get; }

    public EntityStreamSet Streams { get; }

    /// <summary>Newest event time seen, ticks; 0 for none.</summary>
    public long NewestTicks { get; set; }

    /// <summary>Surprises of earlier events, each halved by the half-life since then; as of <see cref="SurpriseTicks"/>.</summary>
    public double Surprise { get; set; }

    public long SurpriseTicks { get; set; }

    /// <summary>Events that windows look at; null while none does.</summary>
    public WindowEvents? Windows { get; set; }
}
