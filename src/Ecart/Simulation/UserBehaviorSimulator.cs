using Ecart.Domains.UserBehavior;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>
/// A seeded stream of what the users of a company do, with threats of each kind that the user_behavior domain detects, in order of event time. It makes days one
/// after the other, so memory does not grow with their number. Not thread-safe.
/// </summary>
public sealed class UserBehaviorSimulator
{
    private readonly UserBehaviorSimulatorOptions options;
    private readonly SeededRandom random;
    private readonly List<SimulatedUser> users = [];
    private readonly List<Draft> drafts = [];
    private readonly UserThreatScenarios threats;
    private long number;

    /// <summary>Makes the company.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public UserBehaviorSimulator(UserBehaviorSimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        random = new SeededRandom(options.Seed);
        for (int i = 0; i < options.Users; i++) users.Add(new SimulatedUser(i + 1, random));
        threats = new UserThreatScenarios(options, users, random);
    }

    /// <summary>Generates the stream. Call once.</summary>
    public IEnumerable<SimulatedAction> Generate()
    {
        var spill = new List<Draft>();
        for (int day = 0; day < options.Days; day++)
        {
            drafts.Clear();
            DateTime midnight = options.Start.AddDays(day);
            foreach (SimulatedUser user in users) LiveADay(user, midnight);
            threats.AddTo(drafts, day, midnight);
            // What local time puts before midnight is of the day before, which is told already: the stream stays in order.
            for (int i = 0; i < drafts.Count; i++) drafts[i] = drafts[i] with { At = drafts[i].At < midnight ? drafts[i].At.AddDays(1) : drafts[i].At, Order = i };
            drafts.AddRange(spill);
            spill.Clear();
            DateTime end = midnight.AddDays(1);
            foreach (Draft draft in drafts.OrderBy(draft => draft.At).ThenBy(draft => draft.Order))
            {
                if (draft.At >= end) spill.Add(draft);
                else yield return Finish(draft);
            }
        }
    }

    private void LiveADay(SimulatedUser user, DateTime midnight)
    {
        bool isWeekend = midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        if (isWeekend && !random.Chance(0.1)) return;
        bool isAtHome = isWeekend || random.Chance(0.2);
        string address = isAtHome ? user.HomeAddress : user.Office;
        DateTime at = midnight.AddHours(user.StartHour + (0.4 * random.NextNormal())).AddMinutes(-user.Home.OffsetMinutes(midnight.AddHours(12)));
        int actions = Math.Max(2, random.NextPoisson(options.ActionsPerDay * user.Activity * (isWeekend ? 0.2 : 1)));
        double gap = 8.0 * 60 / actions;
        drafts.Add(LogIn(user, at, address, random.Chance(0.05) ? ActionOutcome.Failure : ActionOutcome.Success));
        int routine = random.Next(user.Routine.Length);
        int step = 0;
        for (int i = 1; i < actions; i++)
        {
            at = at.AddMinutes(-gap * Math.Log(1 - random.NextDouble()));
            if (step++ >= user.Routine[routine].Length || random.Chance(0.1)) (routine, step) = (random.Next(user.Routine.Length), 0);
            (string type, string resource) = user.Next(routine, step, random);
            bool isOnTelephone = random.Chance(0.05);
            drafts.Add(new(user, at)
            {
                Type = type,
                Resource = resource,
                Place = user.Home,
                Device = isOnTelephone ? user.Telephone : user.Laptop,
                Address = isOnTelephone ? user.HomeAddress : address,
            });
        }
    }

    private static Draft LogIn(SimulatedUser user, DateTime at, string address, ActionOutcome outcome) =>
        new(user, at) { Type = "login", Resource = "portal", Outcome = outcome, Place = user.Home, Device = user.Laptop, Address = address };

    private SimulatedAction Finish(Draft draft)
    {
        City place = draft.Place ?? draft.User.Home;
        DateTime at = new(draft.At.Ticks - (draft.At.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        var action = new UserBehaviorEvent
        {
            EventUid = $"sim-{options.Seed}-{++number}",
            OccurredAt = at,
            UserId = draft.User.Id,
            EventType = draft.Type,
            Resource = draft.Resource,
            Outcome = draft.Outcome,
            SourceIp = draft.Address,
            DeviceId = draft.Device,
            Country = place.Country,
            City = place.Name,
            Latitude = Math.Round(place.Latitude + random.Between(-0.05, 0.05), 3),
            Longitude = Math.Round(place.Longitude + random.Between(-0.05, 0.05), 3),
            Role = draft.User.Role,
            UtcOffsetMinutes = draft.User.Home.OffsetMinutes(at),
        };
        return new SimulatedAction(action, draft.Truth, draft.Incident);
    }

    /// <summary>An action before it has a uid.</summary>
    internal sealed record Draft(SimulatedUser User, DateTime At)
    {
        public string Type { get; init; } = "";

        public string? Resource { get; init; }

        public ActionOutcome Outcome { get; init; }

        public City? Place { get; init; }

        public string? Device { get; init; }

        public string? Address { get; init; }

        public UserThreatKind Truth { get; init; }

        public int Incident { get; init; }

        public int Order { get; init; }
    }
}
