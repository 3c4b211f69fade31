using System.Globalization;
using Ecart.Numerics;

namespace Ecart.App.Tests.Declared;

/// <summary>Seeded records for the examples of declared domains, with what is wrong in them: column <c>label_kind</c> tells, which no domain reads as a field.</summary>
internal static class ExampleRecords
{
    private static readonly DateTime Start = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Twelve containers for two weeks, every ten minutes; in the second week compressors fail, doors are left open and a vaccine freezes.</summary>
    public static IEnumerable<string> ColdChain()
    {
        const int Containers = 12;
        const int Steps = 14 * 144;
        var random = new SeededRandom(21);
        string[] goods = ["fish", "vaccine", "fruit"];
        double[] setPoints = [-2, 5, 4];
        string[] places = ["Brest", "Rennes", "Lille", "Lyon", "Nice"];
        var noise = new double[Containers];
        yield return "uid,occurred_at,container,truck,temperature,set_point,door_open,goods,place,label_kind";
        for (int step = 0; step < Steps; step++)
        {
            for (int c = 0; c < Containers; c++)
            {
                double day = step / 144.0;
                noise[c] = (0.8 * noise[c]) + (0.15 * random.NextNormal());
                bool isOpen = random.Chance(0.04);
                (double shift, string fault) = Fault(c, day);
                if (fault == "door left open") isOpen = true;
                double temperature = setPoints[c % 3] + noise[c] + (0.4 * Math.Sin(2 * Math.PI * day)) + (isOpen ? 0.6 : 0) + shift;
                string place = places[(c + (int)(day / 3)) % places.Length];
                DateTime at = Start.AddMinutes((step * 10) + (c * 0.5));
                yield return Line(
                    $"r{step}-{c}", at, $"box{c:00}", $"truck{c / 3}", temperature.ToString("F2", CultureInfo.InvariantCulture), setPoints[c % 3], isOpen ? "true" : "false", goods[c % 3],
                    place, fault);
            }
        }
    }

    /// <summary>Sixty visitors for five days; in the last two a scan, guessed passwords, a copy of the site and a shared account.</summary>
    public static IEnumerable<string> WebAccess()
    {
        var random = new SeededRandom(22);
        var lines = new List<(DateTime At, string Line)>();
        for (int visitor = 0; visitor < 60; visitor++)
        {
            for (int day = 0; day < 5; day++)
            {
                int pages = 10 + random.NextPoisson(20);
                DateTime at = Start.AddDays(day).AddHours(7 + (visitor % 12)).AddMinutes(random.Between(0, 40));
                for (int page = 0; page < pages; page++)
                {
                    at = at.AddSeconds(5 + (60 * random.NextDouble()));
                    string section = Sections[(visitor + random.Next(3)) % Sections.Length];
                    int status = random.Chance(0.02) ? 404 : 200;
                    lines.Add(Request(at, $"192.0.2.{visitor}", $"user{visitor}", "GET", section, $"/{section}/{random.Next(40)}", status, random.NextLogNormal(8000, 0.7), visitor % 4, ""));
                }
            }
        }

        DateTime attack = Start.AddDays(3).AddHours(8);
        for (int i = 0; i < 120; i++) lines.Add(Request(attack.AddSeconds(i * 2), "203.0.113.7", null, "GET", $"x{i % 60}", $"/x{i % 60}/.env{i}", 404, 300, 9, "scan"));
        for (int i = 0; i < 40; i++) lines.Add(Request(attack.AddHours(2).AddSeconds(i * 5), "203.0.113.8", "user3", "POST", "login", "/login", 401, 200, 9, "guessing"));
        for (int i = 0; i < 60; i++) lines.Add(Request(Start.AddDays(4).AddHours(23).AddSeconds(i * 20), "192.0.2.5", "user5", "GET", "files", $"/files/all{i}.zip", 200, 4e7, 1, "copy"));
        for (int i = 0; i < 10; i++) lines.Add(Request(Start.AddDays(4).AddHours(12).AddMinutes(i * 4), $"198.51.100.{i}", "user9", "GET", "shop", "/shop/1", 200, 9000, 2, "shared"));
        return lines.OrderBy(line => line.At).Select((line, i) => $"q{i},{line.Line}").Prepend("uid,occurred_at,client,account,method,section,path,status,failed,bytes,milliseconds,user_agent,label_kind");
    }

    private static readonly string[] Sections = ["shop", "blog", "files", "help", "forum"];

    private static (DateTime At, string Line) Request(
        DateTime at, string client, string? account, string method, string section, string path, int status, double bytes, int agent, string kind) =>
        (at, Line(at, client, account ?? "", method, section, path, status, status >= 400 ? 1 : 0, (long)bytes, 20 + ((long)bytes / 5000), $"Browser/{agent}", kind));

    private static (double Shift, string Fault) Fault(int container, double day) => (container, day) switch
    {
        (3, >= 8 and < 8.5) => (24 * (day - 8), "compressor"),
        (7, >= 10 and < 10.2) => (7, "door left open"),
        (4, >= 11.5 and < 11.6) => (-7, "frozen"),
        (8, >= 12 and < 12.05) => (9, "defrosting"),
        _ => (0, ""),
    };

    private static string Line(params object[] values) => string.Join(',', values.Select(value => value is DateTime at
        ? at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture)));
}
