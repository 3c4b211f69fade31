using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Schema;

public sealed class ServerCheckTests(MariaDbFixture server) : IAsyncLifetime
{
    private const string AllRights =
        "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP, REFERENCES, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE, EXECUTE, TRIGGER";

    private ScratchDatabase database = null!;

    private string User => $"u_{database.Name}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await ScratchDatabase.ReserveAsync(server);
        await database.ExecuteAsync($"CREATE DATABASE {database.Name}", inside: false);
    }

    public async ValueTask DisposeAsync()
    {
        await database.ExecuteAsync($"DROP USER IF EXISTS {User}", inside: false);
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("11.8.6-MariaDB-0+deb13u1 from Debian", true)]
    [InlineData("5.5.5-11.7.2-MariaDB", true)]
    [InlineData("12.0.1-MariaDB", true)]
    [InlineData("11.6.2-MariaDB", false)]
    [InlineData("10.11.14-MariaDB-0+deb12u2", false)]
    [InlineData("9.1.0", false)]
    public void Check_Version_RefusesWhatHasNoVectors(string reported, bool usable)
    {
        ServerFinding? finding = ServerVersion.Check(reported);

        Assert.Equal(usable, finding is null);
        if (usable) return;
        Assert.Equal(FindingSeverity.Error, finding!.Severity);
        Assert.Contains(reported, finding.Message);
        Assert.Contains("11.8", finding.Remedy);
    }

    [Fact]
    public async Task RunAsync_RightsMissing_NamesThemAndHowToGrantThem()
    {
        await CreateUserAsync("SELECT, INSERT, UPDATE, DELETE, CREATE, INDEX");

        ServerFinding rights = Assert.Single(await RunAsUserAsync(), finding => finding.Subject == "rights");

        Assert.Equal(FindingSeverity.Error, rights.Severity);
        Assert.Contains("ALTER, DROP, REFERENCES, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE, EXECUTE, TRIGGER", rights.Message);
        Assert.Contains($"ON `{database.Name}`.* TO '{User}'@'%'", rights.Remedy);
    }

    [Fact]
    public async Task RunAsync_ExactlyTheRightsNeeded_SaysNothingAndMigrates()
    {
        await CreateUserAsync(AllRights);

        Assert.DoesNotContain(await RunAsUserAsync(), finding => finding.Subject == "rights");
        await new SchemaMigrator().MigrateAsync(database.ConnectionStringOf(User, "secret"), false, null, Cancellation);
    }

    [Fact]
    public async Task MigrateAsync_UserMayNotCreateTheDatabase_SaysWhatToRun()
    {
        await CreateUserAsync(AllRights);
        var elsewhere = new MySqlConnectionStringBuilder(database.ConnectionStringOf(User, "secret")) { Database = "ecart_forbidden" };

        MigrationException exception = await Assert.ThrowsAsync<MigrationException>(
            () => new SchemaMigrator().MigrateAsync(elsewhere.ConnectionString, false, null, Cancellation));

        Assert.Contains("GRANT ALL ON `ecart_forbidden`", exception.Message);
    }

    [Theory]
    [InlineData("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION", true)]
    [InlineData("GRANT ALL PRIVILEGES ON `ecart`.* TO `e`@`%`", true)]
    [InlineData("GRANT ALL PRIVILEGES ON `ec%`.* TO `e`@`%`", true)]
    [InlineData("GRANT ALL PRIVILEGES ON `e_art`.* TO `e`@`%`", true)]
    [InlineData("GRANT ALL PRIVILEGES ON `e\\_art`.* TO `e`@`%`", false)]
    [InlineData("GRANT ALL PRIVILEGES ON `ecart`.`lanes` TO `e`@`%`", false)]
    [InlineData("GRANT USAGE ON *.* TO `e`@`%` IDENTIFIED BY PASSWORD '*00'", false)]
    public void FindMissing_Grant_CountsWhereItCoversTheDatabase(string grant, bool enough) =>
        Assert.Equal(enough, RightsCheck.FindMissing([grant], "ecart").Length == 0);

    [Fact]
    public void Check_GoodSettings_SaysNothing() => Assert.Empty(new ServerSettings().Check());

    [Fact]
    public void Check_PoorSettings_WarnsOfEachWithItsRemedy()
    {
        var settings = new ServerSettings
        {
            VectorCacheBytes = 16 << 20,
            LocalInfile = false,
            FlushLogAtCommit = 2,
            PacketBytes = 1 << 20,
            LockWaitSeconds = 30,
            DatabaseCollation = "latin1_swedish_ci",
        };

        ServerFinding[] findings = [.. settings.Check()];

        Assert.Equal(
            [
                "mhnsw_max_cache_size", "local_infile", "innodb_flush_log_at_trx_commit", "max_allowed_packet", "innodb_lock_wait_timeout",
                "collation",
            ],
            findings.Select(finding => finding.Subject));
        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
        Assert.Contains("SET GLOBAL mhnsw_max_cache_size = 268435456;", findings[0].Remedy);
        Assert.Contains("my.cnf", findings[0].Remedy);
    }

    private Task CreateUserAsync(string rights) => database.ExecuteAsync(
        $"CREATE USER {User} IDENTIFIED BY 'secret'; GRANT {rights} ON {database.Name}.* TO {User}", inside: false);

    private async Task<IReadOnlyList<ServerFinding>> RunAsUserAsync()
    {
        await using var connection = new MySqlConnection(database.ConnectionStringOf(User, "secret"));
        await connection.OpenAsync(Cancellation);
        return await ServerCheck.RunAsync(connection, Cancellation);
    }
}
