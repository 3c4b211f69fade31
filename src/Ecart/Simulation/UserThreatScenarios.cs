using Ecart.Domains.UserBehavior;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>Threats of each kind, some a day.</summary>
internal sealed class UserThreatScenarios(UserBehaviorSimulatorOptions options, IReadOnlyList<SimulatedUser> users, SeededRandom random)
{
    private int incidents;

    /// <summary>Adds the incidents of a day.</summary>
    public void AddTo(List<UserBehaviorSimulator.Draft> drafts, int day, DateTime midnight)
    {
        if (day < options.QuietDays) return;
        double mean = options.IncidentsPerDay * users.Count / 1000;
        for (int i = random.NextPoisson(mean); i > 0; i--) StolenAccount(drafts, midnight);
        for (int i = random.NextPoisson(mean); i > 0; i--) Insider(drafts, midnight);
        for (int i = random.NextPoisson(mean); i > 0; i--) SharedCredentials(drafts, midnight);
        for (int i = random.NextPoisson(mean); i > 0; i--) ImpossibleTravel(drafts, midnight);
        for (int i = random.NextPoisson(mean); i > 0; i--) PasswordGuessing(drafts, midnight);
    }

    private void StolenAccount(List<UserBehaviorSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedUser user = AnyUser();
        DateTime at = Local(user, midnight, random.Between(0, 24));
        var draft = Stranger(user, at, UserThreatKind.StolenAccount) with { Type = "login", Resource = "portal", Outcome = ActionOutcome.Success };
        drafts.Add(draft);
        for (int i = random.Next(15, 40); i > 0; i--)
        {
            at = at.AddSeconds(random.Between(5, 60));
            drafts.Add(draft with { At = at, Type = "read", Resource = SimulatedUser.Resource(OtherRole(user), random), Outcome = ActionOutcome.Unknown });
        }
    }

    private void Insider(List<UserBehaviorSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedUser user = AnyUser();
        DateTime at = Local(user, midnight, random.Between(19, 23));
        int incident = ++incidents;
        string role = OtherRole(user);
        for (int i = random.Next(25, 60); i > 0; i--)
        {
            drafts.Add(new(user, at)
            {
                Type = "read",
                Resource = SimulatedUser.Resource(role, random),
                Place = user.Home,
                Device = user.Laptop,
                Address = user.HomeAddress,
                Truth = UserThreatKind.Insider,
                Incident = incident,
            });
            at = at.AddSeconds(random.Between(5, 60));
        }
    }

    private void SharedCredentials(List<UserBehaviorSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedUser user = AnyUser();
        DateTime from = Local(user, midnight, user.StartHour + random.Between(0.5, 4));
        UserBehaviorSimulator.Draft other = Stranger(user, from, UserThreatKind.SharedCredentials);
        int routine = random.Next(user.Routine.Length);
        for (int i = 0; i < 16; i++)
        {
            from = from.AddMinutes(random.Between(1, 4));
            (string type, string resource) = user.Next(routine, i, random);
            // Both work, so the account's owner is no threat at all.
            drafts.Add(i % 2 == 0
                ? other with { At = from, Type = type, Resource = resource }
                : new(user, from) { Type = type, Resource = resource, Place = user.Home, Device = user.Laptop, Address = user.Office });
        }
    }

    private void ImpossibleTravel(List<UserBehaviorSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedUser user = AnyUser();
        DateTime at = Local(user, midnight, user.StartHour + random.Between(1, 6));
        drafts.Add(new(user, at) { Type = "login", Resource = "portal", Outcome = ActionOutcome.Success, Place = user.Home, Device = user.Laptop, Address = user.Office });
        drafts.Add(Stranger(user, at.AddMinutes(random.Between(5, 50)), UserThreatKind.ImpossibleTravel) with
        {
            Type = "login",
            Resource = "portal",
            Outcome = ActionOutcome.Success,
        });
    }

    private void PasswordGuessing(List<UserBehaviorSimulator.Draft> drafts, DateTime midnight)
    {
        SimulatedUser user = AnyUser();
        DateTime at = Local(user, midnight, random.Between(0, 24));
        UserBehaviorSimulator.Draft guess = Stranger(user, at, UserThreatKind.PasswordGuessing) with { Type = "login", Resource = "portal" };
        for (int i = random.Next(10, 40); i > 0; i--)
        {
            at = at.AddSeconds(random.Between(1, 6));
            drafts.Add(guess with { At = at, Outcome = ActionOutcome.Failure });
        }

        if (random.Chance(0.3)) drafts.Add(guess with { At = at.AddSeconds(2), Outcome = ActionOutcome.Success });
    }

    private UserBehaviorSimulator.Draft Stranger(SimulatedUser user, DateTime at, UserThreatKind truth) => new(user, at)
    {
        Place = City.All[random.Next(City.FarCities, City.All.Count - 1)],
        Device = $"stranger-{random.Next(1_000_000):D6}",
        Address = $"{random.Next(100, 180)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}",
        Truth = truth,
        Incident = ++incidents,
    };

    private SimulatedUser AnyUser() => users[random.Next(users.Count)];

    private string OtherRole(SimulatedUser user)
    {
        int own = Array.IndexOf(SimulatedUser.Roles, user.Role);
        return SimulatedUser.Roles[(own + random.Next(1, SimulatedUser.Roles.Length - 1)) % SimulatedUser.Roles.Length];
    }

    private static DateTime Local(SimulatedUser user, DateTime midnight, double hour) =>
        midnight.AddSeconds(Math.Floor(hour * 3600)).AddMinutes(-user.Home.OffsetMinutes(midnight.AddHours(12)));
}
