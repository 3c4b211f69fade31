using Ecart.Detection;
using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Tests.Domains.UserBehavior;

/// <summary>Models in the user_behavior domain.</summary>
public sealed class UserBehaviorModelsTests : ModelledEngineContract
{
    private const int Days = 24;

    private static readonly UserBehaviorEvent[] Actions =
    [
        .. new UserBehaviorSimulator(new() { Seed = 4, Users = 10, Days = Days, QuietDays = 8, ActionsPerDay = 12, IncidentsPerDay = 30 }).Generate().Select(simulated => simulated.Event),
    ];

    internal override DomainEvent[] Events => Actions;

    internal override DomainEvent Strange => new UserBehaviorEvent
    {
        EventUid = "strange",
        OccurredAt = Actions[^1].OccurredAt.Date.AddDays(1).AddHours(3),
        UserId = Actions.GroupBy(static action => action.UserId).MaxBy(static group => group.Count())!.Key,
        EventType = "erase",
        Resource = "/nobody/ever",
        Outcome = ActionOutcome.Unknown,
        DeviceId = "another",
        SourceIp = "203.0.113.5",
        Country = "KP",
        Role = "nobody",
    };

    internal override DomainEvent OfNewEntity => UserCase.At(0, "newcomer");

    internal override IReadOnlyList<string> LayoutNames => UserBehaviorLayout.FeatureNames;

    internal override DomainEvent[] Later(int pass) => [.. UserBehaviorFoldTests.Later(Actions, pass * Days)];

    internal override IModelledEngine Make(DomainModels models, IReadOnlyList<LearnedDetectorOptions> detectors, IReadOnlyList<StreamDetectorOptions> streams) =>
        new UserBehaviorEngine(new UserBehaviorOptions { Detectors = detectors, StreamDetectors = streams }, 1, models);

    internal override void SetClusters(IModelledEngine engine, ReferencePatterns patterns) => ((UserBehaviorEngine)engine).Patterns = patterns;
}
