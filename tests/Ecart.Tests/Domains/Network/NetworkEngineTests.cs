using Ecart.Detection;
using Ecart.Domains.Network;
using Ecart.Scoring;
using Ecart.Tests.Domains.Transactions;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class NetworkEngineTests
{
    private const double Later = 30_000;

    [Fact]
    public void Score_UsualConnection_IsNoAnomaly()
    {
        Verdict verdict = new NetworkCase().WithHabit().Feed(NetworkCase.Flow(Later, "93.184.216.3"));

        Assert.False(verdict.IsAnomaly);
        Assert.True(verdict.IsLearned);
        Assert.Null(ThreatClass.Of(verdict));
        Assert.InRange(verdict.RankScore, 0, 0.3);
        Assert.InRange(verdict.DistanceToProfile, 0, 1);
    }

    [Fact]
    public void Score_FewerThanTenConnections_HasNoOpinionOnDistance()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 9; i++) run.Feed(NetworkCase.Flow(i));

        Verdict verdict = run.Feed(NetworkCase.Flow(10, "198.51.100.1", 6667, bytesOut: 1_000_000));

        Assert.Null(verdict.Find(EvidenceCode.ProfileDistance));
        Assert.Null(verdict.Find(EvidenceCode.NewDestination));
        Assert.True(double.IsNaN(verdict.Statistics[0]));
    }

    [Theory]
    [InlineData(ConnectionState.NoAnswer)]
    [InlineData(ConnectionState.Rejected)]
    public void Score_TwentyClosedPortsOfOneHost_IsAScanBeforeTheEnd(ConnectionState state)
    {
        var run = new NetworkCase();
        Verdict[] verdicts = [.. Enumerable.Range(0, 20).Select(i => run.Feed(NetworkCase.Flow(i, "198.51.100.1", 1000 - i, state: state)))];

        Assert.All(verdicts[..10], static verdict => Assert.Null(ThreatClass.Of(verdict)));
        Assert.All(verdicts[10..], static verdict => Assert.Equal(ThreatClass.Scan, ThreatClass.Of(verdict)));
        Assert.All(verdicts[10..], static verdict => Assert.InRange(verdict.Score, 0.5, 1));
    }

    [Fact]
    public void Score_ManyHostsOnOnePortOfWhichManyFail_IsAScan()
    {
        var run = new NetworkCase();
        Verdict last = new(NetworkLayout.Dimension);
        for (int i = 0; i < 29; i++) last = run.Feed(NetworkCase.Flow(i, $"198.51.100.{i + 1}", 80, state: i % 3 == 0 ? ConnectionState.NoAnswer : ConnectionState.Established));

        Assert.Equal(ThreatClass.Scan, ThreatClass.Of(last));
        last.Require(EvidenceCode.HostScan);
    }

    [Fact]
    public void Score_ManySitesOfABrowserOfWhichAFewFail_IsNoScan()
    {
        var run = new NetworkCase().WithHabit();
        for (int i = 0; i < 60; i++)
        {
            Verdict verdict = run.Feed(NetworkCase.Flow(Later + i, $"198.51.100.{i + 1}", 443, state: i % 12 == 0 ? ConnectionState.NoAnswer : ConnectionState.Established));
            Assert.NotEqual(ThreatClass.Scan, ThreatClass.Of(verdict));
        }
    }

    [Fact]
    public void Score_OneSweep_AlertsOnceAndAgainOnlyWhenItGetsWorse()
    {
        NetworkFlow[] sweep = [.. Enumerable.Range(0, 160).Select(static i => NetworkCase.Flow(i * 0.5, $"198.51.{100 + (i / 100)}.{1 + (i % 100)}", 22, state: ConnectionState.NoAnswer))];
        var spared = new NetworkCase();
        var every = new NetworkCase(new NetworkOptions { Repetition = new() { AfterMinutes = 0 } });

        Verdict[] verdicts = [.. sweep.Select(spared.Feed)];
        Verdict[] unspared = [.. sweep.Select(every.Feed)];

        Assert.True(unspared.Count(static verdict => verdict.RaisesAlert) > 100);
        Assert.InRange(verdicts.Count(static verdict => verdict.RaisesAlert), 1, 3);
        Assert.Equal(unspared.Select(Everything), verdicts.Select(Everything));
        Severity worst = Severity.None;
        foreach (Verdict verdict in verdicts.Where(static verdict => verdict.IsAnomaly))
        {
            Assert.Equal(verdict.Severity > worst, verdict.RaisesAlert);
            if (verdict.Severity > worst) worst = verdict.Severity;
        }

        static string Everything(Verdict verdict) =>
            $"{verdict.Score} {verdict.RankScore} {verdict.IsAnomaly} {verdict.Severity} {string.Join(' ', verdict.Evidence.ToArray())}";
    }

    [Fact]
    public void Score_ScanThatGoesOn_IsToldAgainAfterPausesThatGrow()
    {
        var run = new NetworkCase();
        var told = new List<double>();
        for (int i = 0; i < 4800; i++)
        {
            Verdict verdict = run.Feed(NetworkCase.Flow(i * 10, $"198.51.{i / 200}.{1 + (i % 200)}", 22, state: ConnectionState.NoAnswer));
            if (verdict.RaisesAlert) told.Add(i * 10 / 3600.0);
        }

        Assert.InRange(told.Count, 3, 7);
        Assert.InRange(told[^1] - told[^2], 3.9, 8.1);
    }

    [Fact]
    public void Score_PasswordsGuessedOnTwoHosts_AreToldOfBoth()
    {
        var run = new NetworkCase();
        string[] hosts = ["10.0.0.5", "10.0.0.6"];
        NetworkFlow[] guesses =
            [.. hosts.SelectMany((host, place) => Enumerable.Range(0, 60).Select(i => NetworkCase.Flow((place * 120) + i, host, 22, state: ConnectionState.Reset, bytesOut: 1500, bytesIn: 1500)))];

        string[] told = [.. guesses.Where(guess => run.Feed(guess) is { RaisesAlert: true } verdict && ThreatClass.Of(verdict) == ThreatClass.BruteForce).Select(static guess => guess.DestinationAddress)];

        Assert.Equal(hosts, told.Distinct());
        Assert.InRange(told.Length, 2, 6);
    }

    [Fact]
    public void Score_SourceThatWasQuietForLong_IsToldAnew()
    {
        var run = new NetworkCase();
        Verdict[] first = Sweep(0);
        Verdict[] second = Sweep(5 * 3600);

        Assert.Contains(first, static verdict => verdict.RaisesAlert);
        Assert.Contains(second, static verdict => verdict.RaisesAlert);

        Verdict[] Sweep(double from) =>
            [.. Enumerable.Range(0, 60).Select(i => run.Feed(NetworkCase.Flow(from + i, $"198.51.100.{i + 1}", 22, state: ConnectionState.NoAnswer)))];
    }

    [Fact]
    public void Score_AnsweredPingsOfManyNewHosts_IsAScan()
    {
        var run = new NetworkCase();
        Verdict last = new(NetworkLayout.Dimension);
        for (int i = 0; i < 25; i++) last = run.Feed(NetworkCase.Flow(i * 0.01, $"10.0.1.{i + 1}", 0, protocol: NetworkProtocol.Icmp, sourcePort: 8));

        Assert.Equal(ThreatClass.Scan, ThreatClass.Of(last));
    }

    [Fact]
    public void Score_ClosedPortsOverHours_IsNoScan()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 60; i++)
            Assert.Null(ThreatClass.Of(run.Feed(NetworkCase.Flow(i * 120, "198.51.100.1", 1000 - i, state: ConnectionState.NoAnswer))));
    }

    [Fact]
    public void Score_LoginsThatFail_IsBruteForce()
    {
        var run = new NetworkCase();
        Assert.Null(ThreatClass.Of(run.Feed(NetworkCase.Login(0, false, 3))));
        Verdict second = run.Feed(NetworkCase.Login(20, false, 3));

        Assert.Equal(ThreatClass.BruteForce, ThreatClass.Of(second));
        Assert.Equal(0.5, second.Score, 6);
        Assert.Equal(6, second.Require(EvidenceCode.BruteForce).Observed, 6);
    }

    [Fact]
    public void Score_LoginsThatSucceed_IsNoBruteForce()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 100; i++) Assert.Null(ThreatClass.Of(run.Feed(NetworkCase.Login(i, true, 1))));
    }

    [Theory]
    [InlineData(22, null, true)]
    [InlineData(902, "ssh", true)]
    [InlineData(902, null, false)]
    public void Score_ShortConnectionsToALogin_AreBruteForce(int port, string? service, bool isExpected)
    {
        var run = new NetworkCase();
        Verdict last = new(NetworkLayout.Dimension);
        for (int i = 0; i < 40; i++) last = run.Feed(NetworkCase.Flow(i, "10.0.0.2", port, "203.0.113.9", service: service, bytesOut: 2400, bytesIn: 2500, duration: 3));

        Assert.Equal(isExpected, ThreatClass.Of(last) == ThreatClass.BruteForce);
    }

    [Fact]
    public void Score_ShortSessionsOnManyHosts_AreAdministration()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 60; i++)
        {
            Verdict verdict = run.Feed(NetworkCase.Flow(i * 4, $"203.0.113.{i + 1}", 22, service: "ssh", bytesOut: 2400, bytesIn: 2500));
            Assert.NotEqual(ThreatClass.BruteForce, ThreatClass.Of(verdict));
        }
    }

    [Fact]
    public void Score_VeryMuchDataToANewDestination_IsExfiltrationOnce()
    {
        var run = new NetworkCase().WithHabit();
        string?[] classes = [.. Enumerable.Range(0, 5).Select(i => ThreatClass.Of(run.Feed(NetworkCase.Flow(Later + (i * 600), "198.51.100.1", bytesOut: 40_000_000))))];

        Assert.Single(classes, ThreatClass.Exfiltration);
        Assert.Equal(ThreatClass.Exfiltration, classes[2]);
    }

    [Fact]
    public void Score_RegularConnectionsOverHours_AreABeaconToldOnceADay()
    {
        var run = new NetworkCase().WithHabit();
        var random = new Random(5);
        List<(double Hours, Verdict Verdict)> told = [];
        for (double seconds = 0; seconds < 40 * 3600; seconds += 300 * (0.9 + (0.2 * random.NextDouble())))
        {
            Verdict verdict = run.Feed(NetworkCase.Flow(Later + seconds, "198.51.100.1", bytesOut: 400 + random.Next(20)));
            if (ThreatClass.Of(verdict) == ThreatClass.CommandAndControl) told.Add((seconds / 3600, verdict));
        }

        Assert.Equal(2, told.Count);
        Assert.InRange(told[0].Hours, 3, 5);
        Assert.InRange(told[0].Verdict.Score, 0.65, 1);
    }

    [Fact]
    public void Score_IrregularConnections_AreNoBeacon()
    {
        var run = new NetworkCase();
        var random = new Random(5);
        for (double seconds = 0; seconds < 20 * 3600; seconds += -300 * Math.Log(1 - random.NextDouble()))
            Assert.NotEqual(ThreatClass.CommandAndControl, ThreatClass.Of(run.Feed(NetworkCase.Flow(seconds, "198.51.100.1"))));
    }

    [Fact]
    public void Score_FloodOfConnections_IsDenialOfService()
    {
        var run = new NetworkCase();
        Verdict last = new(NetworkLayout.Dimension);
        for (int i = 0; i < 1200; i++) last = run.Feed(NetworkCase.Flow(i * 0.01, "198.51.100.1", 80, state: ConnectionState.NoAnswer));

        Assert.Equal(ThreatClass.DenialOfService, ThreatClass.Of(last));
        Assert.InRange(last.Score, 0.8, 1);
    }

    [Fact]
    public void Score_FloodOfPackets_IsDenialOfService()
    {
        Verdict verdict = new NetworkCase().Feed(NetworkCase.Flow(0, protocol: NetworkProtocol.Udp, packetsOut: 1_000_000, packetsIn: 10, duration: 20));

        Assert.Equal(ThreatClass.DenialOfService, ThreatClass.Of(verdict));
    }

    [Fact]
    public void Score_ManyInnerHostsLetTheSourceIn_IsLateral()
    {
        var run = new NetworkCase().WithHabit();
        string?[] classes = [.. Enumerable.Range(0, 8).Select(i => ThreatClass.Of(run.Feed(NetworkCase.Flow(Later + (i * 90), $"10.0.1.{i + 1}", 445, bytesOut: 60_000))))];

        Assert.Equal(ThreatClass.Lateral, classes[^1]);
        Assert.Equal(4, Array.IndexOf(classes, ThreatClass.Lateral));
    }

    [Fact]
    public void Score_ManyNamesThatDoNotExist_AreGenerated()
    {
        var run = new NetworkCase();
        Verdict last = new(NetworkLayout.Dimension);
        for (int i = 0; i < 16; i++) last = run.Feed(NetworkCase.Query(i, $"qxz{(char)('a' + i)}kvwtj.com"));

        Assert.Equal(ThreatClass.Dns, ThreatClass.Of(last));
    }

    [Fact]
    public void Score_OneNameAskedAgainAndAgain_IsNotGenerated()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 60; i++) Assert.Null(ThreatClass.Of(run.Feed(NetworkCase.Query(i, "qxzkvwtj.com"))));
    }

    [Fact]
    public void Score_AlertOfASensor_IsFlaggedByItsSeverity()
    {
        NetworkFlow flow = NetworkCase.Flow(0);
        var alert = new NetworkFlow
        {
            EventUid = "alert",
            OccurredAt = flow.OccurredAt,
            Kind = NetworkRecordKind.Alert,
            SourceAddress = flow.SourceAddress,
            DestinationAddress = flow.DestinationAddress,
            AlertName = "ET MALWARE",
            AlertCategory = "A Network Trojan was detected",
            AlertSeverity = 1,
        };

        Verdict verdict = new NetworkCase().Feed(alert);

        Assert.Equal(0.7, verdict.Score, 6);
        Assert.Equal(ThreatClass.Malware, ThreatClass.Of(verdict));
    }

    [Fact]
    public void Score_Signature_GivesItsCategoryAsTheClass()
    {
        var run = new NetworkCase();
        Verdict first = run.Feed(NetworkCase.Flow(0));
        run.Engine.Patterns = new ReferencePatterns([], [new ThreatSignature("Trickbot", (float[])first.Embedding.Clone(), 0.2, Severity.High, "c2", NetworkLayout.Version)], []);

        Verdict second = run.Feed(NetworkCase.Flow(1));

        Assert.Equal("c2", ThreatClass.Of(second));
        Assert.Equal("Trickbot", second.Require(EvidenceCode.Signature).Subject);
        Assert.True(second.IsAnomaly);
    }

    [Fact]
    public void Score_MulticastWithoutAnswer_IsNoFailure()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 100; i++)
        {
            Verdict verdict = run.Feed(NetworkCase.Flow(i, "224.0.0.251", 5000 + i, protocol: NetworkProtocol.Udp, state: ConnectionState.NoAnswer));
            Assert.False(verdict.IsAnomaly);
            Assert.InRange(verdict.RankScore, 0, 0.2);
        }
    }

    [Fact]
    public void Score_FailedConnection_RanksAboveTheSameThatWorks()
    {
        NetworkCase run = new NetworkCase().WithHabit();
        var works = new Verdict(NetworkLayout.Dimension);
        var fails = new Verdict(NetworkLayout.Dimension);
        run.Engine.Score(NetworkCase.Flow(Later, "198.51.100.1", 4444), works);
        run.Engine.Score(NetworkCase.Flow(Later, "198.51.100.1", 4444, state: ConnectionState.NoAnswer), fails);

        Assert.True(fails.RankScore > works.RankScore);
    }

    [Fact]
    public void Score_MuchOlderThanTheNewest_IsLateAndChangesNothing()
    {
        NetworkCase run = new NetworkCase().WithHabit();

        Verdict verdict = run.Feed(NetworkCase.Flow(-3 * 86_400));

        Assert.True(verdict.IsLate);
        Assert.True(double.IsNaN(verdict.Score));
        Assert.Equal(200, run.Engine.State.Sources.All.Single().Events);
    }

    [Fact]
    public void Score_VolumesThatAreNotFinite_NamesTheEvent()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new NetworkCase().Feed(NetworkCase.Flow(0, duration: double.NaN)));

        Assert.Contains("duration", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ApplyLabel_Threat_LeavesTheProfile()
    {
        var run = new NetworkCase().WithHabit();
        NetworkFlow flow = NetworkCase.Flow(Later, "93.184.216.3");
        Verdict verdict = run.Feed(flow);
        AddressState source = run.Engine.State.Sources.All.Single();
        int before = source.Profile.Summarize(NetworkContextBuilder.DayOf(flow.OccurredAt), []).Count;

        run.Engine.ApplyLabel(new ScoredEvent(flow, verdict, 3, 201), isFraud: true, previous: null, 202);

        Assert.Equal(before - 1, source.Profile.Summarize(NetworkContextBuilder.DayOf(flow.OccurredAt), []).Count);
    }

    [Fact]
    public void PublishProfiles_HostOfWebAndNamesAlone_IsNoDevice()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 300; i++)
        {
            run.Feed(NetworkCase.Flow(i * 60, "93.184.216.34", source: "10.0.0.21"));
            run.Feed(NetworkCase.Flow((i * 60) + 1, i % 3 == 0 ? "93.184.216.35" : "93.184.216.34", source: "10.0.0.22"));
            if (i % 10 == 0) run.Feed(NetworkCase.Flow((i * 60) + 2, "10.0.0.1", 53, source: "10.0.0.22", protocol: NetworkProtocol.Udp));
        }

        PublishedNetworkProfile[] profiles = [.. run.Engine.PublishProfiles(null, onlyChanged: false)];
        Assert.Equal(2, profiles.Length);
        Assert.All(profiles, static profile => Assert.Equal(AddressType.Unknown, profile.Type));
    }

    [Fact]
    public void PublishProfiles_HostsOfEachKind_HaveTheirType()
    {
        var run = new NetworkCase();
        for (int i = 0; i < 200; i++)
        {
            run.Feed(NetworkCase.Flow(i * 60, $"93.184.{i % 40}.1", source: "10.0.0.20"));
            run.Feed(NetworkCase.Flow((i * 60) + 1, "93.184.216.34", 8883, source: "10.0.0.30"));
            run.Feed(NetworkCase.Flow((i * 60) + 2, "10.0.0.40", 443, source: $"10.0.2.{1 + (i % 50)}"));
            if (i % 10 == 0) run.Feed(NetworkCase.Flow((i * 60) + 3, "93.184.216.34", source: "10.0.0.40"));
        }

        Dictionary<string, PublishedNetworkProfile> profiles = run.Engine.PublishProfiles(null, onlyChanged: true).ToDictionary(static profile => profile.Address);

        Assert.Equal(AddressType.Workstation, profiles["10.0.0.20"].Type);
        Assert.Equal(AddressType.IotDevice, profiles["10.0.0.30"].Type);
        Assert.Equal(AddressType.Server, profiles["10.0.0.40"].Type);
        Assert.Equal(AddressType.Unknown, profiles["10.0.2.1"].Type);
        Assert.Equal([8883], profiles["10.0.0.30"].TypicalPorts);
        Assert.Equal(["93.184.216.34"], profiles["10.0.0.30"].TypicalDestinations);
        Assert.InRange(profiles["10.0.0.30"].ConnectionsPerHour, 50, 70);
        Assert.Empty(run.Engine.PublishProfiles(null, onlyChanged: true));
    }
}
