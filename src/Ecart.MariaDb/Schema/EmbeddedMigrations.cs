using System.Globalization;
using System.Reflection;

namespace Ecart.MariaDb.Schema;

/// <summary>The migrations that this assembly carries.</summary>
internal static class EmbeddedMigrations
{
    private const string Folder = ".Migrations.";

    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<Migration> Load()
    {
        Assembly assembly = typeof(EmbeddedMigrations).Assembly;
        Migration[] migrations =
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => Read(assembly, name))
                .OrderBy(migration => migration.Number),
        ];
        for (int i = 1; i < migrations.Length; i++)
        {
            if (migrations[i].Number == migrations[i - 1].Number)
                throw new InvalidOperationException($"{migrations[i - 1].FileName} and {migrations[i].FileName} have the same number.");
        }

        return migrations;
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        string fileName = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
        if (fileName.Length < 4 || !int.TryParse(fileName.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            throw new InvalidOperationException($"{fileName}: a migration's name begins with four digits.");
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return new Migration(number, fileName, reader.ReadToEnd());
    }
}
