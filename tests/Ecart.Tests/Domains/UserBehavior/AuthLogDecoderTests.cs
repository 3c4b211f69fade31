using System.Text;
using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Numerics;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Tests.Domains.UserBehavior;

public sealed class AuthLogDecoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("sshd[123]: Accepted password for alice from 192.0.2.7 port 5022 ssh2", "alice", "login", ActionOutcome.Success, "192.0.2.7", "web1", "ssh password", null)]
    [InlineData("sshd[123]: Accepted publickey for alice from 2001:DB8::0:7 port 5022 ssh2: ED25519 SHA256:abc/d+e", "alice", "login", ActionOutcome.Success, "2001:db8::7", "web1", "ssh publickey", "SHA256:abc/d+e")]
    [InlineData("sshd-session[9]: Failed password for root from 192.0.2.7 port 5022 ssh2", "root", "login", ActionOutcome.Failure, "192.0.2.7", "web1", "ssh password", null)]
    [InlineData("sshd[123]: Failed password for invalid user bob from 192.0.2.7 port 5022 ssh2", "bob", "login", ActionOutcome.Failure, "192.0.2.7", "web1", "ssh password", null)]
    [InlineData("sshd[123]: Failed password for invalid user x from 1.1.1.1 from 192.0.2.7 port 5022 ssh2", "x from 1.1.1.1", "login", ActionOutcome.Failure, "192.0.2.7", "web1", "ssh password", null)]
    [InlineData("sshd[123]: Invalid user admin from 192.0.2.7 port 5022", "admin", "invalid_user", ActionOutcome.Failure, "192.0.2.7", "web1", null, null)]
    [InlineData("sshd[1]: pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)", "alice", "session_opened", ActionOutcome.Success, null, "web1", null, null)]
    [InlineData("sshd[1]: pam_unix(sshd:session): session closed for user alice", "alice", "session_closed", ActionOutcome.Success, null, "web1", null, null)]
    [InlineData("sudo:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/apt update", "alice", "sudo", ActionOutcome.Success, null, "/usr/bin/apt", null, null)]
    [InlineData("sudo: bob : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh", "bob", "sudo", ActionOutcome.Failure, null, "/bin/sh", null, null)]
    [InlineData("sudo: bob : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh", "bob", "sudo", ActionOutcome.Failure, null, "/bin/sh", null, null)]
    [InlineData("sudo: pam_unix(sudo:auth): authentication failure; logname=bob uid=1 euid=0 tty=/dev/pts/0 ruser=bob rhost=  user=bob", "bob", "sudo", ActionOutcome.Failure, null, "web1", null, null)]
    [InlineData("su[5]: (to root) alice on pts/0", "alice", "su", ActionOutcome.Success, null, "root", null, null)]
    [InlineData("su[5]: FAILED SU (to root) bob on pts/1", "bob", "su", ActionOutcome.Failure, null, "root", null, null)]
    public void Decode_LineOfAnAction_IsThatAction(
        string message, string user, string type, ActionOutcome outcome, string? ip, string resource, string? agent, string? device)
    {
        UserBehaviorEvent action = Assert.IsType<UserBehaviorEvent>(Assert.Single(Decode($"Jan  3 04:05:06 web1 {message}")).Event);
        Assert.Equal(
            (user, type, outcome, ip, resource, agent, device),
            (action.UserId, action.EventType, action.Outcome, action.SourceIp, action.Resource, action.UserAgent, action.DeviceId));
        Assert.Equal(new DateTime(2026, 1, 3, 4, 5, 6, DateTimeKind.Utc), action.OccurredAt);
        Assert.Equal("auth.log:7", action.EventUid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no log at all")]
    [InlineData("Jan  3 04:05:06 web1 sshd[1]: Connection closed by authenticating user root 192.0.2.7 port 22 [preauth]")]
    [InlineData("Jan  3 04:05:06 web1 CRON[1]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)")]
    [InlineData("Jan  3 04:05:06 web1 kernel: Accepted password for alice from 192.0.2.7 port 1")]
    [InlineData("Jan  3 04:05:06 web1 sshd[1]: Failed password")]
    [InlineData("Jan  3 04:05:06 web1 sshd[1]: Server listening on 0.0.0.0 port 22.")]
    public void Decode_OtherLine_GivesNothing(string line) => Assert.Empty(Decode(line));

    [Fact]
    public void Decode_RepeatedMessage_IsSoManyActions()
    {
        DecodedRecord[] decoded = Decode("Jan  3 04:05:06 web1 sshd[1]: message repeated 3 times: [ Failed password for root from 192.0.2.7 port 22 ssh2]");
        Assert.Equal(["auth.log:7", "auth.log:7#2", "auth.log:7#3"], decoded.Select(one => one.Event!.EventUid));
    }

    [Theory]
    [InlineData("2026-01-03T04:05:06.123456+01:00", "2026-01-03T03:05:06.1234560Z")]
    [InlineData("2026-01-03T04:05:06Z", "2026-01-03T04:05:06.0000000Z")]
    [InlineData("2026-01-03T04:05:06", "2026-01-03T03:05:06.0000000Z")]
    [InlineData("Dec 31 23:30:00", "2025-12-31T22:30:00.0000000Z")]
    [InlineData("Feb 29 01:00:00", "2024-02-29T00:00:00.0000000Z")]
    public void Decode_Time_IsReadByItsZoneAndTheLatestYearThatIsNotInTheFuture(string time, string expected)
    {
        var options = new UserBehaviorDecoderOptions { DefaultTimeZone = "Europe/Paris" };
        DecodedRecord decoded = Assert.Single(Decode($"{time} web1 sshd[1]: Accepted password for alice from 192.0.2.7 port 1 ssh2", options));
        Assert.Equal(expected, decoded.Event!.OccurredAt.ToString("O"));
    }

    [Fact]
    public void Decode_FirstYearGiven_GoesOnOverTheTurnOfTheYear()
    {
        var decoder = new AuthLogDecoder(new() { FirstYear = 2019 }, new FakeTimeProvider(Now));
        var years = new List<int>();
        foreach (string time in new[] { "Nov 30 10:00:00", "Dec 31 23:59:59", "Jan  1 00:00:01", "Dec 31 23:59:59", "Jun  5 00:00:00", "Dec  1 00:00:00", "Jan  2 00:00:00" })
            years.Add(Assert.Single(Decode(decoder, $"{time} h sshd[1]: Accepted password for a from 192.0.2.7 port 1 ssh2")).Event!.OccurredAt.Year);
        Assert.Equal([2019, 2019, 2020, 2019, 2020, 2020, 2021], years);
    }

    [Fact]
    public void Decode_HourThatClocksRepeat_DoesNotGoBackInTime()
    {
        var decoder = new AuthLogDecoder(new() { DefaultTimeZone = "Europe/Paris", FirstYear = 2025 }, new FakeTimeProvider(Now));
        var times = new List<string>();
        foreach (string time in new[] { "02:10:00", "02:50:00", "02:05:00", "03:00:00" })
            times.Add(Assert.Single(Decode(decoder, $"Oct 26 {time} h sshd[1]: Accepted password for a from 192.0.2.7 port 1 ssh2")).Event!.OccurredAt.ToString("HH:mm"));
        Assert.Equal(["00:10", "00:50", "01:05", "02:00"], times);
    }

    [Theory]
    [InlineData("1999-01-03T04:05:06Z web1 sshd[1]: Accepted password for alice from 192.0.2.7 port 1", RejectReason.OutOfRange)]
    [InlineData("Foo 33 04:05:06 web1 sshd[1]: Accepted password for alice from 192.0.2.7 port 1", RejectReason.WrongType)]
    [InlineData("Jan  3 04:05:06 web1 sshd[1]: Failed password for invalid user  from 192.0.2.7 port 1", RejectReason.MissingField)]
    public void Decode_LineThatCannotBeAnAction_SaysWhy(string line, RejectReason reason)
    {
        DecodedRecord decoded = Assert.Single(Decode(line));
        Assert.Equal(reason, decoded.Rejected!.Reason);
        Assert.StartsWith("auth.log line 7: ", decoded.Rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_NameAsAnAttackerSendsIt_IsRejectedOrCut()
    {
        Assert.Equal(RejectReason.TooLong, Assert.Single(Decode($"Jan  3 04:05:06 web1 sshd[1]: Invalid user {new string('a', 200)} from 192.0.2.7 port 1")).Rejected!.Reason);
        Assert.Equal(RejectReason.TooLong, Assert.Single(Decode("Jan  3 04:05:06 web1 sshd[1]: Invalid user a\tb from 192.0.2.7 port 1")).Rejected!.Reason);
        Assert.Equal(RejectReason.InvalidUtf8, Assert.Single(Bytes([.. "Jan  3 04:05:06 web1 sshd[1]: Invalid user "u8, 0xFF])).Rejected!.Reason);
    }

    [Fact]
    public void Decode_CutAndChangedLines_NeverFail()
    {
        var random = new SeededRandom(8);
        string[] lines =
        [
            "Jan  3 04:05:06 web1 sshd[123]: Failed password for invalid user bob from 192.0.2.7 port 5022 ssh2",
            "2026-01-03T04:05:06.123+01:00 web1 sudo:  alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/apt update",
            "Jan  3 04:05:06 web1 sshd[1]: message repeated 3 times: [ Failed password for root from 192.0.2.7 port 22 ssh2]",
            "Jan  3 04:05:06 web1 su[5]: FAILED SU (to root) bob on pts/1",
        ];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] line = Encoding.UTF8.GetBytes(lines[i % lines.Length]);
            for (int change = random.Next(4); change > 0; change--) line[random.Next(line.Length)] = (byte)random.Next(256);
            Bytes(line[..random.Next(0, line.Length)]);
        }
    }

    private static DecodedRecord[] Decode(string line, UserBehaviorDecoderOptions? options = null) =>
        Decode(new AuthLogDecoder(options, new FakeTimeProvider(Now)), line);

    private static DecodedRecord[] Decode(AuthLogDecoder decoder, string line) => Bytes(Encoding.UTF8.GetBytes(line), decoder);

    private static DecodedRecord[] Bytes(byte[] line, AuthLogDecoder? decoder = null)
    {
        var decoded = new List<DecodedRecord>();
        int count = (decoder ?? new AuthLogDecoder(null, new FakeTimeProvider(Now))).Decode(line, RecordPosition.OfLine("auth.log", 7), decoded);
        Assert.Equal(count, decoded.Count);
        return [.. decoded];
    }
}
