using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Schema;

public sealed class SchemaMigratorTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly Migration First = new(1, "0001_first.sql", "CREATE TABLE IF NOT EXISTS first (id INT PRIMARY KEY);");
    private ScratchDatabase database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await ScratchDatabase.ReserveAsync(server);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task MigrateAsync_NoDatabase_CreatesItWithEveryMigration()
    {
        MigrationReport report = await MigrateAsync(new SchemaMigrator());

        Assert.True(report.CreatesDatabase);
        Assert.Equal(EmbeddedMigrations.Load().Select(migration => migration.FileName), report.Migrations);
        Assert.Equal(
            ["utf8mb4_uca1400_ai_ci"],
            await database.QueryAsync("SELECT @@collation_database"));
        Assert.Equal(report.Migrations, await database.QueryAsync("SELECT file_name FROM schema_migrations ORDER BY number"));
    }

    [Fact]
    public async Task MigrateAsync_SecondTime_FindsNothingToDo()
    {
        await MigrateAsync(new SchemaMigrator());

        MigrationReport second = await MigrateAsync(new SchemaMigrator());

        Assert.True(second.IsUpToDate);
        Assert.Equal(EmbeddedMigrations.Load()[^1].Number, second.Version);
    }

    [Fact]
    public async Task MigrateAsync_EveryStatementRepeated_Succeeds()
    {
        await MigrateAsync(new SchemaMigrator());
        await database.ExecuteAsync("UPDATE lanes SET seq = 7; DELETE FROM schema_migrations");

        MigrationReport again = await MigrateAsync(new SchemaMigrator());

        Assert.NotEmpty(again.Migrations);
        Assert.Equal(["64 7"], await database.QueryAsync("SELECT COUNT(*), MIN(seq) FROM lanes"));
    }

    [Fact]
    public async Task MigrateAsync_TwoAtOnce_EachMigrationIsAppliedOnce()
    {
        MigrationReport[] reports = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => MigrateAsync(new SchemaMigrator())));

        Assert.Single(reports, report => report.Migrations.Count > 0);
        Assert.Equal(3, reports.Count(report => report.Migrations.Count == 0));
    }

    [Fact]
    public async Task MigrateAsync_AppliedMigrationChanged_RefusesAndNamesIt()
    {
        await MigrateAsync(new SchemaMigrator([First]));
        Migration changed = First with { Text = First.Text.Replace("INT", "BIGINT", StringComparison.Ordinal) };
        var migrator = new SchemaMigrator([new Migration(1, changed.FileName, changed.Text)]);

        MigrationException exception = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(migrator));

        Assert.Contains("0001_first.sql", exception.Message);
        Assert.Contains("new migration", exception.Message);
    }

    [Fact]
    public async Task MigrateAsync_OnlyLineEndsDiffer_IsTheSameMigration()
    {
        await MigrateAsync(new SchemaMigrator([First]));

        MigrationReport report = await MigrateAsync(new SchemaMigrator([new Migration(1, First.FileName, First.Text + "  \r\n")]));

        Assert.True(report.IsUpToDate);
    }

    [Fact]
    public async Task MigrateAsync_DatabaseNewerThanProgram_Refuses()
    {
        await MigrateAsync(new SchemaMigrator([First, new Migration(2, "0002_later.sql", "DO 1;")]));

        MigrationException exception = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(new SchemaMigrator([First])));

        Assert.Contains("0002_later.sql", exception.Message);
        Assert.Contains("newer version", exception.Message);
    }

    [Fact]
    public async Task MigrateAsync_StatementFails_NamesFileLineAndErrorAndResumes()
    {
        var broken = new Migration(2, "0002_broken.sql", "CREATE TABLE IF NOT EXISTS second (id INT);\n\nCREATE TABLE third (id NOTYPE);\n");
        MigrationException exception = await Assert.ThrowsAsync<MigrationException>(
            () => MigrateAsync(new SchemaMigrator([First, broken])));

        Assert.Contains("0002_broken.sql, line 3", exception.Message);
        Assert.Contains("CREATE TABLE third", exception.Message);
        Assert.Contains("Unknown data type", exception.Message);

        var repaired = new Migration(2, broken.FileName, broken.Text.Replace("NOTYPE", "INT", StringComparison.Ordinal));
        MigrationReport report = await MigrateAsync(new SchemaMigrator([First, repaired]));
        Assert.Equal(["0002_broken.sql"], report.Migrations);
    }

    [Fact]
    public async Task MigrateAsync_RoutineWithDelimiter_IsOneStatement()
    {
        const string Script =
            """
            DELIMITER $$
            CREATE OR REPLACE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC
            BEGIN
                SET @unused = ';'; -- it's no end;
                RETURN n * 2;
            END$$
            DELIMITER ;
            CREATE OR REPLACE VIEW four AS SELECT twice(2) AS number;
            """;
        await MigrateAsync(new SchemaMigrator([new Migration(1, "0001_routine.sql", Script)]));

        Assert.Equal(["4"], await database.QueryAsync("SELECT number FROM four"));
    }

    [Fact]
    public async Task MigrateAsync_DryRun_ListsAndChangesNothing()
    {
        MigrationReport absent = await new SchemaMigrator([First]).MigrateAsync(database.ConnectionString, true, null, Cancellation);
        Assert.True(absent.CreatesDatabase);
        Assert.Equal(["0001_first.sql"], absent.Migrations);
        Assert.Empty(await database.QueryAsync($"SHOW DATABASES LIKE '{database.Name}'", inside: false));

        await database.ExecuteAsync($"CREATE DATABASE {database.Name}", inside: false);
        MigrationReport empty = await new SchemaMigrator([First]).MigrateAsync(database.ConnectionString, true, null, Cancellation);
        Assert.Equal(["0001_first.sql"], empty.Migrations);
        Assert.Empty(await database.QueryAsync("SHOW TABLES"));
    }

    [Fact]
    public async Task MigrateAsync_NoDatabaseNamed_SaysWhatToAdd()
    {
        string server = new MySqlConnectionStringBuilder(database.ConnectionString) { Database = "" }.ConnectionString;

        MigrationException exception = await Assert.ThrowsAsync<MigrationException>(
            () => new SchemaMigrator().MigrateAsync(server, false, null, Cancellation));

        Assert.Contains("Database=", exception.Message);
    }

    private Task<MigrationReport> MigrateAsync(SchemaMigrator migrator) =>
        migrator.MigrateAsync(database.ConnectionString, dryRun: false, progress: null, Cancellation);
}
