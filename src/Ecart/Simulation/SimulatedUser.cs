using System.Globalization;
using Ecart.Numerics;

namespace Ecart.Simulation;

/// <summary>A user with habits: a role, a place, hours, devices, and routines of the same few actions after one another.</summary>
internal sealed class SimulatedUser
{
    /// <summary>Roles of the company.</summary>
    public static readonly string[] Roles = ["developer", "sales", "finance", "operations"];

    private const int RoleResources = 60;
    private const int SharedResources = 15;
    private const int Routines = 6;
    private const int LongestRoutine = 6;
    private const int HomeNetwork = 0x0A00_0000;

    public SimulatedUser(int number, SeededRandom random)
    {
        Id = $"u{number:D4}";
        Role = Roles[random.Next(Roles.Length)];
        Home = City.All[random.Next(City.HomeCities)];
        StartHour = random.Between(7.5, 10);
        Laptop = $"laptop-{number:D4}";
        Telephone = $"telephone-{number:D4}";
        Office = AddressOf(HomeNetwork + (number << 8) + 17);
        HomeAddress = $"82.{number % 200}.{number / 200 % 250}.{random.Next(1, 250)}";
        Activity = random.Between(0.5, 1.5);
        Resources = [.. Enumerable.Range(0, 20).Select(_ => Resource(Role, random))];
        Routine = [.. Enumerable.Range(0, Routines).Select(_ => MakeRoutine(random))];
    }

    public string Id { get; }

    public string Role { get; }

    public City Home { get; }

    public double StartHour { get; }

    public string Laptop { get; }

    public string Telephone { get; }

    public string Office { get; }

    public string HomeAddress { get; }

    /// <summary>Actions against the average user's.</summary>
    public double Activity { get; }

    /// <summary>Resources that the user works with.</summary>
    public string[] Resources { get; }

    /// <summary>Actions that follow one another.</summary>
    public (string Type, string Resource)[][] Routine { get; }

    /// <summary>A resource of a role; some are everybody's.</summary>
    public static string Resource(string role, SeededRandom random)
    {
        int low = Math.Min(random.Next(RoleResources), random.Next(RoleResources));
        return random.Chance(0.25) ? $"/shared/{random.Next(SharedResources)}" : string.Create(CultureInfo.InvariantCulture, $"/{role}/{low}");
    }

    /// <summary>The next action by a routine of the user's, or now and then anything the user works with.</summary>
    public (string Type, string Resource) Next(int routine, int step, SeededRandom random)
    {
        if (random.Chance(0.1)) return (random.Chance(0.8) ? "read" : "write", Resources[random.Next(Resources.Length)]);
        (string Type, string Resource)[] actions = Routine[routine];
        return actions[step % actions.Length];
    }

    private (string Type, string Resource)[] MakeRoutine(SeededRandom random)
    {
        var actions = new (string, string)[random.Next(2, LongestRoutine)];
        for (int i = 0; i < actions.Length; i++)
            actions[i] = (random.Chance(0.7) ? "read" : random.Chance(0.7) ? "write" : "api_call", Resources[random.Next(Resources.Length)]);
        return actions;
    }

    private static string AddressOf(int number) => $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";
}
