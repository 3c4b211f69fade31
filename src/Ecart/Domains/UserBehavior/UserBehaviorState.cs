using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Rules.Windows;
using Ecart.Thresholds;

namespace Ecart.Domains.UserBehavior;

/// <summary>Everything the user_behavior domain remembers. Not thread-safe.</summary>
internal sealed class UserBehaviorState
{
    private readonly UserBehaviorOptions options;
    private readonly bool isUnitLength;

    /// <param name="options">Constants.</param>
    /// <param name="isUnitLength">Whether embeddings by this engine have length 1.</param>
    public UserBehaviorState(UserBehaviorOptions options, bool isUnitLength = true)
    {
        this.options = options;
        this.isUnitLength = isUnitLength;
        Everybody = new RolePopulation(options);
        var rules = new RuleSet<UserBehaviorContext>(options.Rules, UserBehaviorRuleFields.All, "rules");
        Windows = new EntityWindows<UserBehaviorContext>(
            UserBehaviorRuleFields.All, rules.Windows, options.RuleWindows, TimeSpan.FromMinutes(options.AllowedLatenessMinutes));
        int days = options.Rank.PopulationDays;
        Streams = new StreamPopulations(UserBehaviorStreamFields.All.SlotsOf(options.StreamDetectors), days, UserBehaviorRanker.Statistics);
        Distance = new TailHistogram(TailHistogram.StepEdges(-5, 0.25, 10, 1.1, 1e6), days);
        Novelty = new TailHistogram(TailHistogram.StepEdges(0, 0.5, 60, 1.1, 1e4), days);
        Sequence = new TailHistogram(TailHistogram.StepEdges(-200, 5, 200, 1.1, 1e5), days);
    }

    public ResidentEntities<UserState> Users { get; } = new();

    /// <summary>What the windows of rules look at, of users and of the entities that all lanes share.</summary>
    public EntityWindows<UserBehaviorContext> Windows { get; }

    /// <summary>The streaming detectors that every user has, with the population of their scores.</summary>
    public StreamPopulations Streams { get; }

    /// <summary>What everybody does.</summary>
    public RolePopulation Everybody { get; }

    /// <summary>What the users of each role do.</summary>
    public Dictionary<string, RolePopulation> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Population of the distance's z-score.</summary>
    public TailHistogram Distance { get; }

    /// <summary>Population of how new an action's circumstances are, in bits.</summary>
    public TailHistogram Novelty { get; }

    /// <summary>Population of the sequence's score.</summary>
    public TailHistogram Sequence { get; }

    /// <summary>What other processes have counted. Null in a process alone.</summary>
    public UserBehaviorState? Others
    {
        get;
        set
        {
            field = value;
            Windows.Others = value?.Windows;
            Streams.Others = value?.Streams;
            Distance.Other = value?.Distance;
            Novelty.Other = value?.Novelty;
            Sequence.Other = value?.Sequence;
        }
    }

    /// <summary>Whether what all lanes share changed since the last checkpoint.</summary>
    public bool PopulationIsDirty { get; set; }

    /// <summary>The user of a log entry, whom it is going to change.</summary>
    public UserState Change(string userId, int lane, long seq)
    {
        if (!Users.TryGet(userId, out UserState? user)) Users.Put(user = NewUser(userId));
        Users.Change(user);
        user.Lane = lane;
        user.Seq = seq;
        return user;
    }

    public UserState NewUser(string userId) => new(userId, options, isUnitLength, Streams.Slots);

    /// <summary>The peers of a role; null when there is no room for a further role.</summary>
    public RolePopulation? UseRole(string? role)
    {
        if (role is null) return null;
        if (Roles.TryGetValue(role, out RolePopulation? known)) return known;
        if (Roles.Count >= options.Sequence.Roles) return null;
        RolePopulation population = NewRole();
        Roles.Add(role, population);
        return population;
    }

    public RolePopulation NewRole() => new(options);

    public RolePopulation? FindRole(string? role) => role is not null && Roles.TryGetValue(role, out RolePopulation? known) ? known : null;
}
