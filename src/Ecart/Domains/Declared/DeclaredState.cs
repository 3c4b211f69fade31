using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Thresholds;

namespace Ecart.Domains.Declared;

/// <summary>Everything a declared domain remembers. Not thread-safe.</summary>
internal sealed class DeclaredState
{
    private readonly DeclaredPlan plan;
    private readonly bool isUnitLength;

    /// <param name="plan">The domain.</param>
    /// <param name="isUnitLength">Whether embeddings have length 1.</param>
    public DeclaredState(DeclaredPlan plan, bool isUnitLength = true)
    {
        this.plan = plan;
        this.isUnitLength = isUnitLength;
        DomainDeclaration options = plan.Declaration;
        Windows = new EntityWindows<DeclaredContext>(
            plan.RuleFields, plan.Rules.Windows, options.RuleWindows, TimeSpan.FromMinutes(options.AllowedLatenessMinutes));
        Slots = DeclaredStreams.SlotsOf(options);
        int days = options.Rank.PopulationDays;
        Distance = new TailHistogram(TailHistogram.StepEdges(-5, 0.25, 10, 1.1, 1e6), days);
        Novelty = new TailHistogram(TailHistogram.StepEdges(0, 0.5, 60, 1.1, 1e4), days);
        Deviation = new TailHistogram(TailHistogram.StepEdges(-5, 0.25, 10, 1.1, 1e9), days);
        StreamScores = [.. Enumerable.Range(0, Slots.Count).Select(_ => new TailHistogram(TailHistogram.StepEdges(0, 0.01, 1, 1.1, 1e12), days))];
    }

    public ResidentEntities<DeclaredEntityState> Entities { get; } = new();

    /// <summary>What windows look at, of the domain's entities and of those that all lanes share.</summary>
    public EntityWindows<DeclaredContext> Windows { get; }

    /// <summary>The streaming detectors that every entity has.</summary>
    public StreamSlots Slots { get; }

    /// <summary>Population of the distance's z-score.</summary>
    public TailHistogram Distance { get; }

    /// <summary>Population of how new an event's values are, in bits.</summary>
    public TailHistogram Novelty { get; }

    /// <summary>Population of the largest deviation of a field.</summary>
    public TailHistogram Deviation { get; }

    /// <summary>Populations of the scores of the streaming detectors.</summary>
    public TailHistogram[] StreamScores { get; }

    /// <summary>What other processes have counted: it adds to these. Null in a process alone.</summary>
    public DeclaredState? Others
    {
        get;
        set
        {
            field = value;
            Windows.Others = value?.Windows;
            Distance.Other = value?.Distance;
            Novelty.Other = value?.Novelty;
            Deviation.Other = value?.Deviation;
            for (int slot = 0; slot < StreamScores.Length; slot++) StreamScores[slot].Other = value?.StreamScores[slot];
        }
    }

    /// <summary>Whether the populations changed since the last checkpoint.</summary>
    public bool PopulationIsDirty { get; set; }

    /// <summary>The entity of a log entry, which is going to change it.</summary>
    public DeclaredEntityState Change(string id, int lane, long seq)
    {
        if (!Entities.TryGet(id, out DeclaredEntityState? entity)) Entities.Put(entity = NewEntity(id));
        Entities.Change(entity);
        entity.Lane = lane;
        entity.Seq = seq;
        return entity;
    }

    public DeclaredEntityState NewEntity(string id) => new(id, plan, Slots, isUnitLength);
}
